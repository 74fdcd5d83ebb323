import { expect, test } from "vitest";
import { compressionAt, isSlowed } from "./pace.ts";

test("a machine that is left to us replays at the scenario's speed, a busy one at half of it", () => {
  expect(compressionAt({ othersShare: 0.1 }, 240)).toBe(240);
  expect(compressionAt({ othersShare: 0.9 }, 240)).toBe(120);
});

test("never slower than the incident was", () => expect(compressionAt({ othersShare: 1 }, 1)).toBe(1));

test("what the user asked for is played, however busy the machine is", () => {
  const pace = { asked: 300, othersShare: 1 };
  expect([compressionAt(pace, 240), isSlowed(pace)]).toEqual([300, false]);
});

test("where the system does not tell, nothing is slowed", () =>
  expect(compressionAt({ othersShare: null }, 240)).toBe(240));
