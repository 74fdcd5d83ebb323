import { expect, test } from "vitest";
import { allFacts } from "./facts.ts";
import { allScenarios } from "./scenarios.ts";

/** How many facts each report has. */
const counts: Readonly<Record<string, number>> = { B: 44, C: 37 };
const reports = await allFacts();

test.each(reports)("report $report has every fact, in order", ({ report, facts }) => {
  expect(Object.keys(facts)).toEqual(Array.from({ length: counts[report] ?? 0 }, (_, n) => `${report}${n + 1}`));
});

test("what is named as replaying a fact is a scenario, and a trial where it has them", async () => {
  const playable = (await allScenarios({})).flatMap(({ id, trials }) =>
    trials === undefined ? [id] : trials.map((one) => `${id}/${one.id}`),
  );
  const named = reports.flatMap(({ facts }) =>
    Object.values(facts).flatMap((one) => ("trials" in one ? one.trials : [])),
  );
  expect(named.filter((one) => !playable.includes(one))).toEqual([]);
});

test("a fact without a trial has its reason, in a sentence", () => {
  for (const fact of reports.flatMap(({ facts }) => Object.values(facts))) {
    if ("why" in fact) expect(fact.why).toMatch(/^[A-Z].{15,}\.$/);
    else expect(fact.trials.length).toBeGreaterThan(0);
  }
});
