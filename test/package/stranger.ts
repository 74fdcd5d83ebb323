/** The package as a stranger gets it: packed, and installed in an empty folder from the registry's other packages. */

import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const root = resolve(import.meta.dirname, "../..");

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command for the shell, as the docs have it. */
export async function shell(command: string, cwd: string, more: Record<string, string> = {}): Promise<Ended> {
  // What npm and Vitest tell their own children is not a stranger's environment.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|FIREDRILL_)/.test(name)),
  );
  try {
    const ended = await promisify(execFile)("/bin/sh", ["-c", command], {
      ...{ cwd, env: { ...env, ...more }, maxBuffer: 64 * 2 ** 20 },
    });
    return { code: 0, ...ended };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    if (typeof code !== "number") throw error;
    return { code, stdout, stderr };
  }
}

/** `FIREDRILL_TARBALL` names one that was packed before; else it is built and packed, which takes minutes. */
export async function tarball(): Promise<{ path: string; remove: () => Promise<void> }> {
  const given = process.env.FIREDRILL_TARBALL;
  if (given !== undefined) return { path: resolve(given), remove: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), "firedrill-pack-"));
  const packed = await shell(`npm pack --pack-destination ${folder}`, root);
  const [name] = await readdir(folder);
  if (packed.code !== 0 || name === undefined) throw new Error(`npm pack failed: ${packed.stderr}${packed.stdout}`);
  return { path: join(folder, name), remove: () => rm(folder, { recursive: true }) };
}

/** A project with nothing in it but the package, as `npm i -D` leaves it. */
export async function project(path: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "firedrill-stranger-"));
  await writeFile(join(folder, "package.json"), '{ "name": "stranger", "private": true }\n');
  const installed = await shell(`npm i -D --no-audit --no-fund ${path}`, folder);
  if (installed.code !== 0) throw new Error(`npm i failed: ${installed.stderr}`);
  return folder;
}
