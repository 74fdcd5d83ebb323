import { expect, test } from "vitest";
import type { Verdict } from "../incident/check.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import type { FoundScenario } from "../incident/scenario.ts";
import { expectationOf, provingRuns } from "./expectation.ts";
import type { ScenarioResult } from "./result.ts";

const scenario = { id: "s", roles: ["signals"], provenBy: { "broken/a": "reconnects" } } as unknown as FoundScenario;
const clients = ["reference", "broken/a", "broken/b"].map((name) => ({ name }) as unknown as ClientSpec);

const outcome = (client: string, checks: Record<string, Verdict>, more: { verdict?: Verdict; valid?: boolean } = {}) =>
  expectationOf(scenario, {
    client,
    verdict: "pass",
    valid: true,
    checks: Object.entries(checks).map(([name, verdict]) => ({ name, verdict })),
    ...more,
  } as unknown as ScenarioResult);

test("a scenario is proven by the reference first, then by its broken clients", () => {
  expect(provingRuns(scenario, clients).map(({ client }) => client.name)).toEqual(["reference", "broken/a"]);
});

test("a broken client that does not exist is an error", () => {
  expect(() => provingRuns({ ...scenario, provenBy: { "broken/c": "x" } }, clients)).toThrow(
    /Unknown client "broken\/c"/,
  );
});

test("the reference keeps its promise with a pass and nothing else", () => {
  expect(outcome("reference", { reconnects: "pass" })).toMatchObject({ wanted: "pass", seen: "pass", holds: true });
  expect(outcome("reference", { reconnects: "unknown" }, { verdict: "unknown" })).toMatchObject({
    seen: "unknown",
    holds: false,
  });
  expect(outcome("reference", { reconnects: "fail" }, { verdict: "fail" })).toMatchObject({
    seen: "fails reconnects",
    holds: false,
  });
  expect(outcome("reference", { reconnects: "pass" }, { valid: false })).toMatchObject({
    seen: "invalid",
    holds: false,
  });
});

test("a broken client has to fail the check that is named, in a valid run", () => {
  const fails = { verdict: "fail" as const };
  expect(outcome("broken/a", { reconnects: "fail", other: "fail" }, fails)).toMatchObject({
    wanted: "fails reconnects",
    seen: "fails reconnects, other",
    holds: true,
  });
  expect(outcome("broken/a", { reconnects: "pass", other: "fail" }, fails)).toMatchObject({
    seen: "fails other",
    holds: false,
  });
  expect(outcome("broken/a", { reconnects: "fail" }, { ...fails, valid: false })).toMatchObject({ holds: false });
  expect(outcome("broken/a", { reconnects: "pass" })).toMatchObject({ seen: "pass", holds: false });
});

test("a run that lacks what the scenario needs promises nothing; a shipped client that does not do it breaks its promise", () => {
  const verdict = "not-applicable" as const;
  const lacking = expectationOf(scenario, {
    ...{ client: "broken/a", valid: true, verdict, checks: [], lacks: "run" },
  } as unknown as ScenarioResult);
  expect(lacking).toMatchObject({ holds: false, applicable: false });
  const nothingSeen = expectationOf(scenario, {
    ...{ client: "reference", valid: true, verdict, lacks: "client", checks: [{ name: "reconnects", verdict }] },
  } as unknown as ScenarioResult);
  expect(nothingSeen).toMatchObject({ holds: false, applicable: true });
});

test("where a scenario has trials, a broken client is played in the one that it is to fail", () => {
  const trials = ["1000", "1012"].map((id) => ({ id, play: () => Promise.resolve() }));
  const provenBy = { "broken/a": { trial: "1012", check: "redials" } };
  const runs = provingRuns({ ...scenario, trials, provenBy }, clients);
  expect(runs.map(({ scenario: { only } }) => only)).toEqual([undefined, ["1012"]]);
  const meant = provingRuns({ ...scenario, trials, provenBy, only: ["1000"] }, clients);
  expect(meant.map(({ client }) => client.name)).toEqual(["reference"]);
});
