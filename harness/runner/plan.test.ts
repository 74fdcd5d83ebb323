import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClientSpec } from "../client/client-spec.ts";
import type { FoundScenario } from "../incident/scenario.ts";
import { foldersOf, longestFirst, pair, plays, runName, shard, type PlannedRun } from "./plan.ts";

const scenario = (id: string, roles = ["signals"]) => ({ id, roles }) as unknown as FoundScenario;
const client = (name: string, roles = ["signals"]): ClientSpec => ({ name, summary: "", roles, command: "x" });
const runs = (n: number): PlannedRun[] => pair([scenario("s")], [client("c")], n);

test("every scenario is paired with every client, repeats beside each other", () => {
  const planned = pair([scenario("s1"), scenario("s2")], [client("a"), client("b")], 2);
  expect(planned.map((run) => runName(run))).toEqual([
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

test("several at a time begin with the longest incident", () => {
  const lasting = (id: string, minutes: number): FoundScenario => ({
    ...scenario(id),
    clock: { start: "2025-07-14T00:00:00Z", end: `2025-07-14T00:${minutes}:00Z`, timezone: "UTC" },
  });
  const planned = pair([lasting("short", 10), lasting("long", 50), lasting("mid", 20)], [client("c")], 2);
  expect(longestFirst(planned).map((run) => runName(run))).toEqual(
    ["long", "mid", "short"].flatMap((id) => [`${id} × c`, `${id} × c #2`]),
  );
});

test("a client plays a scenario where it has one of its roles", () => {
  const run = (roles: string[]) => ({
    scenario: scenario("s", ["signals", "trading"]),
    client: client("c", roles),
    repeat: 1,
  });
  expect(plays(run(["signals"]))).toBe(true);
  expect(plays(run(["alerts"]))).toBe(false);
});

describe("the folder of a run", () => {
  const folder = (id: string, name: string, repeat = 1): string =>
    [...foldersOf([{ scenario: scenario(id), client: client(name), repeat }]).values()].join();

  test.each([
    ["reference", 1, "s/reference"],
    ["broken/hides-it", 1, "s/broken+hides-it"],
    ["my bot", 2, "s/my=20=bot@2"],
    ["../../../esc", 1, "s/=2e2e=+..+..+esc"],
    ["größe", 1, "s/gr=c3b6c39f=e"],
  ])("of %s (%i)", (name, repeat, expected) => expect(folder("s", name, repeat)).toBe(expected));

  test("is another for every run, and below the run's own, whatever it is called", () => {
    const anyName = fc.oneof(
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.stringMatching(/^[a./+=@~2-]{1,8}$/),
      fc.constantFrom("", "a/b", "a-b", "a+b", "a@2", "..", ".", "x".repeat(300), `${"x".repeat(300)}y`),
    );
    const run = fc.record({ id: anyName, name: anyName, repeat: fc.integer({ min: 1, max: 3 }) });
    const key = ({ id, name, repeat }: { id: string; name: string; repeat: number }) =>
      JSON.stringify([id, name, repeat]);
    fc.assert(
      fc.property(run, run, (one, other) => {
        const [a, b] = [one, other].map(({ id, name, repeat }) => folder(id, name, repeat));
        expect(a === b).toBe(key(one) === key(other));
        expect(a?.split("/")).toHaveLength(2);
        expect(a).toMatch(/^[\w+=-][\w+=.@-]*\/[\w+=-][\w+=.@-]*$/);
        expect(Math.max(...(a ?? "").split("/").map(({ length }) => length))).toBeLessThan(255);
      }),
    );
  });

  test("is refused where two runs would share it", () => {
    const planned = (...names: string[]) =>
      pair(
        [scenario("s")],
        names.map((name) => client(name)),
        1,
      );
    expect(() => foldersOf(planned("a", "a"))).toThrow("s × a and s × a would write to one folder, s/a.");
    expect(() => foldersOf(planned("Bot", "bot"))).toThrow("s × bot and s × Bot would write to one folder");
    expect(foldersOf(planned("a/b", "a-b")).size).toBe(2);
  });
});
