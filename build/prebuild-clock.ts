/**
 * Builds the clock that leaps for the machines that the package carries it for, against a libc that is old enough for any
 * Linux in use. That takes a compiler for other machines than this one: zig, which PyPI has as `ziglang`. Without it the
 * package compiles the clock on first use, where there is a C compiler.
 */

import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { builtFrom, compilations, fingerprint, programsIn } from "../leap/library.ts";

const root = join(import.meta.dirname, "..");
const libc = "2.28";
const targets = { "linux-x64": `x86_64-linux-gnu.${libc}`, "linux-arm64": `aarch64-linux-gnu.${libc}` };
const pythons = [join(root, ".venvs/ziglang/bin/python"), join(root, ".venv/bin/python"), "python3"];

const hasZig = (python: string): boolean =>
  (python === "python3" || existsSync(python)) && spawnSync(python, ["-m", "ziglang", "version"]).status === 0;

/** @param out The folder of the published build. */
export async function prebuildClock(out: string): Promise<void> {
  const native = join(out, "leap/native");
  const isSource = (path: string): boolean => !/\.\w+$/.test(path.slice(root.length)) || /\.[ch]$/.test(path);
  await cp(join(root, "leap/native"), native, { recursive: true, filter: isSource });
  const python = pythons.find(hasZig);
  if (python === undefined) {
    console.log("no ziglang for python3, so the package will compile its clock on first use: pip install ziglang");
    return;
  }
  for (const [machine, target] of Object.entries(targets)) {
    const folder = join(native, "prebuilt", machine);
    await mkdir(folder, { recursive: true });
    for (const compilation of compilations(programsIn(folder)))
      await promisify(execFile)(python, ["-m", "ziglang", "cc", "-target", target, "-s", ...compilation]);
    await writeFile(join(folder, builtFrom), `${fingerprint()}\n`);
  }
}
