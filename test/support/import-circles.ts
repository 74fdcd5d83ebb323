/**
 * Finds files that import each other in a circle. A type import counts: who reads one file of a circle has to read
 * them all. Only imports of the tree's own files are followed.
 */

import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/** @param read Gives a file's text. */
export function importGraph(files: readonly string[], read: (file: string) => string): Map<string, string[]> {
  const known = new Set(files);
  const importsOf = (file: string): string[] =>
    ts
      .preProcessFile(read(file))
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => name.startsWith("."))
      .map((name) => normalize(join(dirname(file), name)).replaceAll("\\", "/"))
      .filter((name) => known.has(name));
  return new Map(files.map((file) => [file, importsOf(file)]));
}

/** One circle for each import that leads back to where the walk came from, as `a -> b -> a`. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at !== -1) found.push([...path.slice(at), file].join(" -> "));
    if (at !== -1 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}
