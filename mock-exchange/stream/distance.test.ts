import { beforeEach, expect, test } from "vitest";
import { incidentClock, type Clock } from "../../core/clock.ts";
import { Distance } from "./distance.ts";

let clock: Clock;
let distance: Distance;
let arrived: { name: string; tookMs: number }[];
beforeEach(() => {
  clock = incidentClock({ start: 0, compression: 1 });
  distance = new Distance(clock, 5);
  arrived = [];
});

const sent = (kind: "answer" | "frame", name: string): Promise<void> => {
  const sentMs = clock.elapsed();
  return new Promise((resolve) => {
    distance[kind](() => {
      arrived.push({ name, tookMs: clock.elapsed() - sentMs });
      resolve();
    });
  });
};
const names = (): string[] => arrived.map(({ name }) => name);

test("answers arrive as late as the distance is long, in the order of sending", async () => {
  const wanted = Array.from({ length: 200 }, (_, nth) => String(nth));
  await Promise.all(wanted.map((name) => sent("answer", name)));
  expect(names()).toEqual(wanted);
  expect(Math.min(...arrived.map(({ tookMs }) => tookMs))).toBeGreaterThanOrEqual(5);
});

test("what follows an answer waits behind it, and what follows none is there at once", async () => {
  void sent("frame", "before");
  expect(names()).toEqual(["before"]);
  const all = [sent("answer", "first"), sent("frame", "snapshot"), sent("answer", "second"), sent("frame", "delta")];
  expect(names()).toEqual(["before"]);
  await Promise.all(all);
  expect(names()).toEqual(["before", "first", "snapshot", "second", "delta"]);
});

test("the end lets arrive what is underway, each once", async () => {
  void sent("answer", "first");
  void sent("frame", "snapshot");
  distance.end();
  expect(names()).toEqual(["first", "snapshot"]);
  await sent("answer", "later");
  expect(names()).toEqual(["first", "snapshot", "later"]);
});
