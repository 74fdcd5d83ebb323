/** Small C programs of this suite, compiled once for a test file into a folder that goes with it. */

import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface Folder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "firedrill-clock-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A limit for the hook that compiles: a machine that does much else takes a minute for it. */
export const compilingMs = 600_000;

/** @param room The folder beside this file whose sources make one program. */
export async function compiled(room: string, into: Folder): Promise<string> {
  const source = fileURLToPath(new URL(`./${room}/`, import.meta.url));
  const files = (await readdir(source)).filter((file) => file.endsWith(".c")).toSorted();
  const program = join(into.path, room);
  const flags = ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror"];
  await promisify(execFile)("cc", [...flags, "-o", program, ...files.map((file) => join(source, file)), "-lpthread"]);
  return program;
}
