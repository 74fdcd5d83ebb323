import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadFolder } from "./load-folder.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-load-"))));
afterEach(() => rm(folder, { recursive: true }));

const put = async (name: string, content: string): Promise<void> => {
  await mkdir(join(folder, name, ".."), { recursive: true });
  await writeFile(join(folder, name), content);
};
const load = (wanted?: string) => loadFolder<string>(pathToFileURL(`${folder}/`), wanted);

test("loads every module's default export, by its path without the ending", async () => {
  await put("package.json", '{ "type": "module" }');
  await put("zeta.js", 'export default "z"');
  await put("b/alpha.ts", 'export default "a" satisfies string');
  const loaded = await load();
  expect(loaded.map(({ name, value }) => [name, value])).toEqual([
    ["b/alpha", "a"],
    ["zeta", "z"],
  ]);
  expect(loaded[0]?.file).toBe(join(folder, "b/alpha.ts"));
});

test("leaves out tests, declarations and whatever is no module", async () => {
  await put("package.json", '{ "type": "module" }');
  await put("real.js", 'export default "real"');
  for (const name of ["real.test.ts", "real.test.js", "real.d.ts", "readme.md", "real.json", "real.js.map"]) {
    await put(name, "throw new Error('must not be loaded')");
  }
  expect((await load()).map(({ name }) => name)).toEqual(["real"]);
});

test("loads the one that is wanted and nothing else; all where there is none of the name", async () => {
  await put("package.json", '{ "type": "module" }');
  await put("real.js", 'export default "real"');
  await put("b/other.js", "throw new Error('must not be loaded')");
  expect((await load("real")).map(({ name }) => name)).toEqual(["real"]);
  await expect(load("rea")).rejects.toThrow("must not be loaded");
});
