/**
 * What a client's handler costs is what it costs on the incident's clock, whatever else this machine does: 40 ms of CPU a
 * message are enough for ten a second and too much for fifty, each time.
 */

import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";
import { keepBusy } from "../support/keep-busy.ts";
import { available } from "../support/requirements.ts";

const project = fileURLToPath(new URL("../fixtures/burning/", import.meta.url));
/** A laptop sees it; how often it is asked elsewhere is given from outside. */
const times = Number(process.env.FIREDRILL_REPEATS ?? 1);
const patienceMs = 600_000;

describe.skipIf(!available("pybit") || !available("clock"))("a handler that takes 40 ms of CPU", () => {
  it.each([
    ["quiet", () => Promise.resolve()],
    ["busy", () => keepBusy().then(() => keepBusy())],
  ])(
    "is in time for ten messages a second and late for fifty, machine %s",
    { timeout: patienceMs },
    async (_, disturb) => {
      await disturb();
      for (let n = 0; n < times; n += 1) {
        const output = await scratch();
        await firedrill(["run", "handled-in-time", "too-much-to-handle", "--client", "burning", "--output", output], {
          cwd: project,
        });
        const { results } = await resultOf(output);
        const verdicts = Object.fromEntries(
          results.map(({ scenario, verdict, valid }) => [scenario, { verdict, valid }]),
        );
        expect(verdicts).toMatchObject({
          "handled-in-time": { verdict: "pass", valid: true },
          "too-much-to-handle": { verdict: "fail", valid: true },
        });
      }
    },
  );
});
