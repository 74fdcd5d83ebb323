import { expect, test } from "vitest";
import type { PlannedRun } from "./plan.ts";
import type { ScenarioResult } from "./result.ts";
import { cutShort } from "./unplayed.ts";

const run = {
  scenario: { id: "codes", trials: [{ id: "a" }, { id: "b" }, { id: "c" }] },
  client: { name: "bot" },
  repeat: 1,
} as unknown as PlannedRun;

test("of a run that was cut short what had been played stands, and of the rest nothing is known", () => {
  const played = [{ scenario: "codes", trial: "a", client: "bot", verdict: "fail", valid: true } as ScenarioResult];
  const results = cutShort(run, "embedded", { message: "It computes without an end.", played });
  expect(results.map(({ trial, verdict, valid }) => [trial, verdict, valid])).toEqual([
    ["a", "fail", true],
    ["b", "unknown", false],
    ["c", "unknown", false],
  ]);
  expect(results[1]).toMatchObject({ client: "bot", reason: "It computes without an end.", journal: null });
});
