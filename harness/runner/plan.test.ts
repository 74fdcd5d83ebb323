import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClientSpec } from "../client/client-spec.ts";
import type { FoundScenario } from "../scenario.ts";
import { longestFirst, pair, plays, runName, shard, type PlannedRun } from "./plan.ts";

const scenario = (id: string, roles = ["signals"]) => ({ id, roles }) as unknown as FoundScenario;
const client = (name: string, roles = ["signals"]): ClientSpec => ({ name, summary: "", roles, command: "x" });
const runs = (n: number): PlannedRun[] => pair([scenario("s")], [client("c")], n);

test("every scenario is paired with every client, repeats beside each other", () => {
  const planned = pair([scenario("s1"), scenario("s2")], [client("a"), client("b")], 2);
  expect(planned.map(runName)).toEqual([
    "s1 × a",
    "s1 × a #2",
    "s1 × b",
    "s1 × b #2",
    "s2 × a",
    "s2 × a #2",
    "s2 × b",
    "s2 × b #2",
  ]);
});

describe("shards", () => {
  test("deal every run exactly once, evenly, for any n", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (size, n) => {
        const all = runs(size);
        const parts = Array.from({ length: n }, (_, index) => shard(all, `${index + 1}/${n}`));
        expect(parts.flat().toSorted((a, b) => a.repeat - b.repeat)).toEqual(all);
        const sizes = parts.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("without a part there is one: everything", () => expect(shard(runs(5), undefined)).toHaveLength(5));

  test.each(["0/3", "4/3", "1/0", "1", "a/b", "1/3/5", "-1/3", "1.5/3", ""])("%j is no part", (part) => {
    expect(() => shard(runs(5), part)).toThrow(`--shard "${part}" is not a part: give i/n`);
  });
});

test("several at a time begin with what takes longest by the wall, whatever its incident time", () => {
  const lasting = (id: string, minutes: number, compression: number): FoundScenario => ({
    ...scenario(id),
    clock: { start: "2025-07-14T00:00:00Z", end: `2025-07-14T00:${minutes}:00Z`, compression, timezone: "UTC" },
  });
  const planned = pair([lasting("quick", 50, 300), lasting("slow", 10, 10), lasting("mid", 10, 30)], [client("c")], 2);
  expect(longestFirst(planned).map(runName)).toEqual(
    ["slow", "mid", "quick"].flatMap((id) => [`${id} × c`, `${id} × c #2`]),
  );
});

test("a client plays a scenario where it has one of its roles", () => {
  const run = (roles: string[]) => ({
    scenario: scenario("s", ["signals", "trading"]),
    client: client("c", roles),
    repeat: 1,
  });
  expect(plays(run(["trading"]))).toBe(true);
  expect(plays(run(["alerts"]))).toBe(false);
});
