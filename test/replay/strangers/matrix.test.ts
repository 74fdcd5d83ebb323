/**
 * The shipped drivers, bots on published SDKs, are judged in each trial that is written in `expected.json`, and as it is
 * written there. Each client is a test; one whose SDK is not here is left out with a line.
 */

import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { allDrivers, lackOf } from "../../../harness/catalogue/drivers.ts";
import { firedrill, resultOf, scratch } from "../../support/firedrill.ts";
import { isRequired } from "../../support/requirements.ts";
import { essence, expected, matrixOf, type Cell } from "./cells.ts";

const matrix = expected();
const drivers = await allDrivers();

/** Which frame a fault meets is of the market. */
const seed = ["--seed", "strangers"];

const essences = (cells: Record<string, Cell>): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).map(([trial, cell]) => [trial, essence(cell)]));

test.each(drivers)("$name is judged as expected", { timeout: minutes(8) }, async (driver) => {
  const { name: client } = driver;
  const lack = lackOf(driver);
  if (lack !== undefined && !isRequired("sdks")) {
    process.stderr.write(`skipped: ${client}; ${lack}.\n`);
    return;
  }
  const cells = matrix[client] ?? {};
  expect(Object.keys(cells)).not.toEqual([]);
  const output = await scratch();
  const ended = await firedrill(["run", ...Object.keys(cells), "--client", client, ...seed, "--output", output]);
  const { results } = await resultOf(output).catch(() => {
    throw new Error(`no result:\n${ended.stdout}\n${ended.stderr}`);
  });
  // How to take over what has changed: node test/replay/strangers/update.ts FOLDER
  expect(essences(matrixOf(results)[client] ?? {})).toEqual(essences(cells));
});
