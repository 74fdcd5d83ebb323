/**
 * `node test/replay/strangers/update.ts FOLDER …`: puts the results of finished runs (`firedrill run --client all`) into
 * `expected.json`. What a line says of a cell stays as long as the cell does.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resultFile, type RunResult } from "../../../harness/runner/result.ts";
import { essence, expected, matrixOf, write } from "./cells.ts";

const matrix = expected();
for (const folder of process.argv.slice(2)) {
  const { results } = JSON.parse(readFileSync(join(folder, resultFile), "utf8")) as RunResult;
  const drivers = results.filter(({ client }) => client.startsWith("sdk/"));
  for (const [client, cells] of Object.entries(matrixOf(drivers))) {
    const known = (matrix[client] ??= {});
    for (const [trial, cell] of Object.entries(cells)) {
      const before = known[trial];
      if (before !== undefined && essence(before) === essence(cell)) continue;
      console.log(client, trial, before === undefined ? "new" : `${essence(before)} ->`, essence(cell));
      known[trial] = cell;
    }
  }
}
await write(matrix);
