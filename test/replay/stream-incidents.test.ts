/**
 * Reports D and E, replayed whole: the reference passes, each broken client is caught by the named check, with the same
 * verdicts on every proxy engine and under every time provider that this machine has. Which scenarios there are is the
 * catalogue's business: those of streams and of the processes that hold them.
 */

import { expect, it } from "vitest";
import { allScenarios } from "../../harness/catalogue/scenarios.ts";
import { firedrill, scratch } from "../support/firedrill.ts";
import { available } from "../support/requirements.ts";

const engines = ["embedded", ...(available("toxiproxy") ? ["binary"] : [])];
const providers = ["preload", ...(available("faketime") ? ["faketime"] : [])];
const combinations = engines.flatMap((proxy) => providers.map((time) => ({ proxy, time })));
const onStreams = ["market-data", "connector", "private-stream"];
const scenarios = (await allScenarios({})).filter(({ roles }) => roles.some((role) => onStreams.includes(role)));
/** A minute or two where the machine is idle. */
const patienceMs = 600_000;

it("there are stream incidents to replay", () => expect(scenarios.length).toBeGreaterThan(0));

it.each(combinations)(
  "stream incidents have the same verdicts with --proxy $proxy --time $time",
  async ({ proxy, time }) => {
    const ids = scenarios.map(({ id }) => id);
    const args = ["prove", ...ids, "--proxy", proxy, "--time", time, "--jobs", "2"];
    const { code, stdout } = await firedrill([...args, "--output", await scratch()]);
    expect(stdout).not.toMatch(/^[✗!] .* × .*$/m);
    expect(code).toBe(0);
  },
  patienceMs,
);
