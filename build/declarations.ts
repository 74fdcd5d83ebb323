/**
 * The declarations as a user's compiler reads them: `tsc` rewrites `./x.ts` to `./x.js` in what is run, and leaves it in
 * what declares it and in what is merged into another module, where it would lead to sources that the package has not.
 */

import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const specifier = /((?:from|import|module)\s*\(?\s*["'])(\.{1,2}\/[^"']+)\.ts(["'])/g;

export async function declareFor(dist: string): Promise<void> {
  for (const file of globSync("**/*.d.ts", { cwd: dist })) {
    const path = join(dist, file);
    await writeFile(path, (await readFile(path, "utf8")).replace(specifier, "$1$2.js$3"));
  }
}
