/**
 * The REST incidents of reports A, C and E, replayed whole: the reference passes, each broken client is caught by the
 * named check, with the same verdicts on both engines and under both time providers, each of which is in one of the two
 * combinations. Which scenarios there are is the catalogue's business.
 */

import { expect, it } from "vitest";
import { allScenarios } from "../../harness/catalogue/scenarios.ts";
import { firedrill, scratch } from "../support/firedrill.ts";
import { available } from "../support/requirements.ts";

const combinations = [
  { proxy: "embedded", time: "preload" },
  ...(available("toxiproxy") && available("faketime") ? [{ proxy: "binary", time: "faketime" }] : []),
];
const scenarios = (await allScenarios({})).filter(({ roles }) => roles.includes("rest-polling"));
/** Two minutes where the machine is idle. */
const patienceMs = 600_000;

it("there are REST incidents to replay", () => expect(scenarios.length).toBeGreaterThan(0));

it.each(combinations)(
  "REST incidents have the same verdicts with --proxy $proxy --time $time",
  async ({ proxy, time }) => {
    const ids = scenarios.map(({ id }) => id);
    const args = ["prove", ...ids, "--proxy", proxy, "--time", time, "--jobs", "2"];
    const { code, stdout } = await firedrill([...args, "--output", await scratch()]);
    expect(stdout).not.toMatch(/^[✗!] .* × .*$/m);
    expect(code).toBe(0);
  },
  patienceMs,
);

it(
  "report A's target holds: 80 % fewer resets and 60 % fewer timeouts than its bot",
  { timeout: patienceMs },
  async () => {
    const output = await scratch();
    const clients = ["--client", "broken/report-a-client", "--client", "reference", "--jobs", "1"];
    await firedrill(["run", "report-a-day", ...clients, "--output", output]);
    const play = (client: string): string => `${output}/report-a-day/${client}`;
    const [bot, reference] = [play("broken-report-a-client"), play("reference")];

    const compared = await firedrill(["compare", bot, reference]);
    expect(compared.stdout).toMatch(/^connection resets .* % fewer +✓ at least 80 % fewer$/m);
    expect(compared.stdout).toMatch(/^timeouts .* % fewer +✓ at least 60 % fewer$/m);
    expect(compared.code).toBe(0);

    const backwards = await firedrill(["compare", reference, bot]);
    expect(backwards.stdout).toMatch(/✗ at least 80 % fewer/);
    expect(backwards.code).toBe(1);
  },
);
