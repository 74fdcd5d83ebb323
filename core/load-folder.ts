/**
 * Loads every module of a folder by its default export. It is how a new scenario, fault, toxic, reporter or command is
 * one new file: there is no list to edit. Tests and declarations are left out, so it works on the sources and on the
 * published build alike.
 */

import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface Loaded<T> {
  /** The path below the folder, without its ending: `b/signal-close-1000`. */
  name: string;
  file: string;
  value: T;
}

/**
 * @param folder A file URL with a trailing slash, e.g. `new URL("./toxics/", import.meta.url)`.
 * @param wanted The one that is wanted, so that nothing else is loaded; where there is none of the name, all are.
 */
export async function loadFolder<T>(folder: URL, wanted?: string): Promise<Loaded<T>[]> {
  const root = fileURLToPath(folder);
  const all = await modulesIn(folder);
  const nameOf = (file: string): string => relative(root, file).replace(/\.[jt]s$/, "");
  const named = all.filter((file) => nameOf(file) === wanted);
  const files = named.length === 0 ? all : named;
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(file).href)) as { default: T };
      return { name: nameOf(file), file, value: module.default };
    }),
  );
}

/** The files of a folder's modules, sorted. */
export async function modulesIn(folder: URL): Promise<string[]> {
  const entries = await readdir(fileURLToPath(folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isModule(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const isModule = (name: string): boolean => /\.[jt]s$/.test(name) && !/\.(test|d)\.[jt]s$/.test(name);
