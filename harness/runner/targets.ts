/**
 * Figures that a client is held to instead of a scenario's own, by its config: who may take ten seconds to dial again says
 * so, and every report shows that. A name that no check has is a mistake, as nobody would hold the client to it.
 */

import { FiredrillError, unknownName } from "../../core/errors.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import type { Check } from "../incident/check.ts";
import type { Scenario } from "../incident/scenario.ts";
import type { PlannedRun } from "./plan.ts";

type Targets = ClientSpec["targets"];

function heldToOwn(targets: NonNullable<Targets>, check: Check): Check {
  const own = Object.entries(targets[check.name] ?? {}).filter(([option]) => option in (check.targets ?? {}));
  return own.length === 0 ? check : (check.retargeted?.(Object.fromEntries(own)) ?? check);
}

/** The scenario as this client is judged by it. */
export function heldTo<S extends Scenario>(targets: Targets, scenario: S): S {
  if (targets === undefined) return scenario;
  const all = (checks: readonly Check[]): Check[] => checks.map((check) => heldToOwn(targets, check));
  const trials = scenario.trials?.map((one) => ({ ...one, ...(one.expect && { expect: all(one.expect) }) }));
  return { ...scenario, expect: all(scenario.expect), ...(trials && { trials }) };
}

const checksOf = ({ expect, trials = [] }: Scenario): readonly Check[] => [
  ...expect,
  ...trials.flatMap((one) => one.expect ?? []),
];

/** @throws FiredrillError for a check that none of these scenarios asks, or a figure that it does not have. */
export function checkTargets(clients: readonly ClientSpec[], scenarios: readonly Scenario[]): void {
  const checks = scenarios.flatMap(checksOf);
  const names = [...new Set(checks.map(({ name }) => name))].sort();
  for (const { name, targets = {} } of clients) {
    for (const [check, figures] of Object.entries(targets)) {
      const asked = checks.filter((one) => one.name === check);
      const where = `"targets" of the client ${name} in the config`;
      if (asked.length === 0) throw new FiredrillError(`${where}: ${unknownName("check", check, names)}`);
      const options = [...new Set(asked.flatMap((one) => Object.keys(one.targets ?? {})))];
      for (const option of Object.keys(figures))
        if (!options.includes(option))
          throw new FiredrillError(`${where}: ${unknownName(`figure of ${check}`, option, options)}`);
    }
  }
}

/** What each client is held to otherwise than by default, a line each. */
export function targetLines(runs: readonly PlannedRun[]): string[] {
  const lines = runs.flatMap(({ client, scenario }) => {
    const own = checksOf(heldTo(client.targets, scenario));
    return checksOf(scenario).flatMap(({ name, asks, targets }, n) => {
      const held = own[n];
      if (held === undefined || JSON.stringify(held.targets) === JSON.stringify(targets)) return [];
      return [`${client.name} is held to its own ${name}: ${held.asks}; by default it ${asks}.`];
    });
  });
  return [...new Set(lines)];
}
