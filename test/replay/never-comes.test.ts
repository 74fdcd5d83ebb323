/** A fault aimed at what never comes makes the run invalid and says what never came, for each group of faults. */

import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";

const project = fileURLToPath(new URL("../fixtures/never-comes/", import.meta.url));
const groups = {
  network: /network\.latency was armed from .* but never landed: .*exchange-rest.* never came/,
  server: /server\.rest hang was armed from .* but never landed: a request to \/v5\/market\/tickers never came/,
  process:
    /process\.kill was armed from .* but never landed: a process of the client that runs "worker\.mjs" never came/,
  clock: /clock\.jump was armed from .* but never landed: a signed request whose timestamp is off never came/,
};

it.each(Object.entries(groups))("%s", async (group, message) => {
  const output = await scratch();
  const args = ["run", `${group}-fault`, "--client", "mute", "--output", output];
  const ended = await firedrill(args, { cwd: project });
  expect(ended.stdout).toMatch(message);
  expect(ended.code).toBe(3);
  const { results } = await resultOf(output);
  expect(results).toMatchObject([{ valid: false, faults: [{ landedAt: null }] }]);
});
