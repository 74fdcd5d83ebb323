/**
 * The declarations as a user's compiler reads them. `tsc` rewrites `./x.ts` to `./x.js` in what is run, and leaves it in
 * what declares it and in what is merged into another module, where it would lead to sources that the package has not. And
 * what is merged into a module is only seen by who loads the file that does it: here the module itself leads there, so that
 * who has `EventMap` has all events, whichever part of the package was imported.
 */

import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

const specifier = /((?:from|import|module)\s*\(?\s*["'])(\.{1,2}\/[^"']+)\.ts(["'])/g;
const merging = /^declare module "(\.[^"]+)\.js"/gm;

export async function declareFor(dist: string): Promise<void> {
  const mergedInto = new Map<string, string[]>();
  for (const file of globSync("**/*.d.ts", { cwd: dist })) {
    const path = join(dist, file);
    const text = (await readFile(path, "utf8")).replace(specifier, "$1$2.js$3");
    await writeFile(path, text);
    for (const [, target = ""] of text.matchAll(merging)) {
      const declared = `${resolve(dirname(path), target)}.d.ts`;
      mergedInto.set(declared, [...(mergedInto.get(declared) ?? []), path]);
    }
  }
  for (const [target, files] of mergedInto) {
    const imports = files.map(
      (file) => `import ${JSON.stringify(`./${relative(dirname(target), file)}`.replace(/\.d\.ts$/, ".js"))};\n`,
    );
    await writeFile(target, imports.join("") + (await readFile(target, "utf8")));
  }
}
