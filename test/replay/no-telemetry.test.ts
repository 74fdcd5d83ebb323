/**
 * A client that sends no telemetry is judged by what the servers saw: each check has the verdict that it has for the
 * same client with telemetry, but for those on its decisions, which are not applicable and no pass.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { ScenarioResult } from "../../harness/runner/result.ts";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";

const project = fileURLToPath(new URL("../fixtures/quiet/", import.meta.url));
const patienceMs = 180_000;
const scenarios = ["rest-empty-data-cascade", "rest-sparse-data"];
const decisions = "decides-on-data";

/** What a busy machine kept from being judged is left out: it says nothing of either client. */
const verdictsOf = ({ checks }: ScenarioResult): Map<string, string> =>
  new Map(
    checks
      .filter(({ verdict, message }) => verdict !== "unknown" || !message.includes("too busy"))
      .map(({ name, verdict }) => [name, verdict]),
  );

it.each([
  ["reference", "quiet", "pass"],
  ["broken/errors-as-empty-data", "quiet-broken", "fail"],
])(
  "%s and the same without telemetry",
  async (reporting, quiet, onDecisions) => {
    const output = await scratch();
    const args = ["run", ...scenarios, "--client", reporting, "--client", quiet, "--proxy", "embedded", "--jobs", "1"];
    await firedrill([...args, "--output", output], { cwd: project });
    const { results } = await resultOf(output);
    for (const scenario of scenarios) {
      const find = (client: string): ScenarioResult => {
        const found = results.find((one) => one.scenario === scenario && one.client === client);
        if (found === undefined) throw new Error(`there is no result for ${scenario} × ${client}`);
        return found;
      };
      const journal = await readFile(join(output, scenario, quiet, "journal.ndjson"), "utf8");
      expect(journal).not.toContain('"client.telemetry"');
      const [reported, kept] = [verdictsOf(find(reporting)), verdictsOf(find(quiet))];
      expect([reported.get(decisions), kept.get(decisions)]).toEqual([onDecisions, "not-applicable"]);
      const both = [...reported.keys()].filter((name) => name !== decisions && kept.has(name));
      expect(both.map((name) => [name, kept.get(name)])).toEqual(both.map((name) => [name, reported.get(name)]));
      expect(both).toContain("stays-up");
      expect(find(quiet).valid).toBe(true);
    }
  },
  patienceMs,
);
