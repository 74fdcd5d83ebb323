/**
 * Puts what others import of a mock into a bundle, in the place of the compiled module. What all of Firedrill shares
 * (`core`) stays outside, so that an error is of the same class on both sides. The compiled modules beside it stay: the
 * catalogue of faults lists them.
 */

import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { rolldown, type Plugin } from "rolldown";

/** Native parts of `ws`, which does without them. */
const optional = ["bufferutil", "utf-8-validate"];

export async function bundleMocks(dist: string): Promise<void> {
  for (const mock of globSync("mock-*", { cwd: dist })) {
    const room = join(dist, mock) + sep;
    const entries = importedFrom(room, dist).map((file) => [relative(room, file).replace(/\.js$/, ""), file]);
    if (entries.length === 0) throw new Error(`nothing imports ${mock}, so there is nothing to bundle of it`);
    const bundle = await rolldown({
      input: Object.fromEntries(entries) as Record<string, string>,
      platform: "node",
      external: optional,
      plugins: [sharedStaysOutside(room, dist), foldersAreLists(dist)],
    });
    await bundle.write({ dir: room, format: "esm", chunkFileNames: "bundle/[name].js" });
    await bundle.close();
  }
}

/** The modules of a room that modules outside of it import. */
function importedFrom(room: string, dist: string): string[] {
  const outside = globSync("**/*.js", { cwd: dist }).map((file) => join(dist, file));
  const imported = outside
    .filter((file) => !file.startsWith(room))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)].map(([, to = ""]) => resolve(dirname(file), to)),
    );
  return [...new Set(imported)].filter((file) => file.startsWith(room));
}

function sharedStaysOutside(room: string, dist: string): Plugin {
  return {
    name: "shared-stays-outside",
    resolveId(id, importer) {
      if (importer === undefined || !id.startsWith(".")) return null;
      const file = resolve(dirname(importer), id);
      return file.startsWith(dist) && !file.startsWith(room) ? { id: file, external: "relative" } : null;
    },
  };
}

/** In one file there is no folder to look into: what `loadFolder` would find is written down. */
function foldersAreLists(dist: string): Plugin {
  const call = /loadFolder\(new URL\("([^"]+)", import\.meta\.url\)\)/g;
  return {
    name: "folders-are-lists",
    transform(code, id) {
      if (!id.startsWith(dist)) return null;
      const imports: string[] = [];
      const listed = code.replace(call, (_, folder: string) => {
        const root = resolve(dirname(id), folder);
        const files = globSync("**/*.js", { cwd: root }).sort();
        const items = files.map((file) => {
          const value = `fromFolder${imports.length}`;
          imports.push(`import ${value} from ${JSON.stringify(join(root, file))};`);
          return `{ name: ${JSON.stringify(file.replace(/\.js$/, ""))}, value: ${value} }`;
        });
        return `[${items.join(", ")}]`;
      });
      if (listed.includes("import.meta.url")) throw new Error(`${id} looks for a file, and in a bundle there is none`);
      return listed === code ? null : { code: [...imports, listed].join("\n"), map: null };
    },
  };
}
