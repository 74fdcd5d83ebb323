/**
 * The clock's two programs: the library that is preloaded into processes, and the coordinator. The published package
 * carries them for some machines; elsewhere, and in a checkout, they are compiled on first use and kept by the content of
 * their sources, so a change of the sources is a new pair. Only Linux has what they need.
 */

import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { access, cp, mkdir, rename, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface ClockPrograms {
  library: string;
  coordinator: string;
}

export type ClockAvailability = { available: true; detail: string } | { available: false; why: string; fix: string };

const native = fileURLToPath(new URL("./native/", import.meta.url));
const names = { library: "libfiredrill-clock.so", coordinator: "firedrill-clock" } as const;
const compilers = ["cc", "gcc", "clang"];
/** Beside prebuilt programs: the fingerprint of the sources that they were built from. */
export const builtFrom = "sources";

interface Machine {
  name: string;
  /** What was never run on a machine of its own. */
  caution?: string;
}
const machines: Partial<Record<NodeJS.Architecture, Machine>> = {
  x64: { name: "linux-x64" },
  arm64: { name: "linux-arm64", caution: "untested on this machine's kind but for small programs under qemu" },
};

export const programsIn = (folder: string): ClockPrograms => ({
  library: join(folder, names.library),
  coordinator: join(folder, names.coordinator),
});
const areThere = (programs: ClockPrograms): boolean => existsSync(programs.library) && existsSync(programs.coordinator);

/** LD_PRELOAD is a list that spaces and colons separate, and the loader replaces what begins with a dollar sign. */
const canBePreloaded = (path: string): boolean => !/[\s:$]/.test(path);

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => /\.[ch]$/.test(file))
    .toSorted()
    .map((file) => join(folder, file));
const sources = (room: "library" | "coordinator"): string[] =>
  filesOf(join(native, room)).filter((file) => file.endsWith(".c"));

const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra"];
// A thread may be cancelled in the middle of a call, and is unwound from there.
const libraryFlags = ["-shared", "-fPIC", "-fvisibility=hidden", "-fasynchronous-unwind-tables"];

/** The compilers' arguments for each program; also what builds the prebuilt ones. */
export const compilations = (programs: ClockPrograms): string[][] => [
  [...flags, ...libraryFlags, "-o", programs.library, ...sources("library"), "-ldl", "-lpthread"],
  [...flags, "-o", programs.coordinator, ...sources("coordinator"), "-lpthread"],
];

/** What the sources contain and how they are compiled, in short. */
export function fingerprint(): string {
  const hash = createHash("sha256").update([...flags, ...libraryFlags].join(" "));
  for (const folder of [".", "library", "coordinator"])
    for (const file of filesOf(join(native, folder))) hash.update(file.slice(native.length)).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

async function canUse(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function findCompiler(): Promise<string | undefined> {
  for (const name of compilers)
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(folder, name);
      if (await canUse(file, constants.X_OK)) return file;
    }
  return undefined;
}

/** Nobody else can put another library where ours is looked for. */
async function isOurs(folder: string): Promise<boolean> {
  const { uid, mode } = await stat(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

/** A folder of ours that is kept between runs, or one that the system clears. */
async function cacheFolder(): Promise<string> {
  const kept = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "firedrill");
  const passing = [tmpdir(), "/tmp"].map((folder) => join(folder, `firedrill-cache-${process.getuid?.() ?? 0}`));
  const tried = [kept, ...passing].filter(canBePreloaded);
  for (const folder of tried) {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    if ((await canUse(folder, constants.W_OK)) && (await isOurs(folder))) return folder;
  }
  throw new Error(`there is no folder to keep it in: none of ${tried.join(", ")} can be written by us alone`);
}

/** Another process may do the same: what it makes has a name of its own until it is whole. */
async function kept(name: string, make: (unfinished: ClockPrograms) => Promise<void>): Promise<ClockPrograms> {
  const folder = join(await cacheFolder(), `clock-${name}`);
  const programs = programsIn(folder);
  if (areThere(programs)) return programs;
  await mkdir(folder, { recursive: true });
  const own = randomUUID();
  const unfinished = { library: `${programs.library}.${own}`, coordinator: `${programs.coordinator}.${own}` };
  await make(unfinished);
  await rename(unfinished.library, programs.library);
  await rename(unfinished.coordinator, programs.coordinator);
  return programs;
}

async function compile(compiler: string): Promise<ClockPrograms> {
  const by = createHash("sha256").update(`${compiler} ${process.arch}`).digest("hex").slice(0, 8);
  return kept(`${fingerprint()}-${by}`, async (unfinished) => {
    for (const compilation of compilations(unfinished)) await promisify(execFile)(compiler, compilation);
  });
}

/** Where the package has them for this machine, from these very sources. */
function prebuilt(): string | undefined {
  const folder = join(native, "prebuilt", machines[process.arch]?.name ?? "none");
  if (!areThere(programsIn(folder))) return undefined;
  return readFileSync(join(folder, builtFrom), "utf8").trim() === fingerprint() ? folder : undefined;
}

async function fromPackage(folder: string): Promise<ClockPrograms> {
  const there = programsIn(folder);
  if (canBePreloaded(folder)) return there;
  return kept(`${fingerprint()}-prebuilt`, async (unfinished) => {
    await cp(there.library, unfinished.library);
    await cp(there.coordinator, unfinished.coordinator);
  });
}

let found: Promise<ClockPrograms> | undefined;

/** @throws Error where this machine cannot have them; ask `clockAvailability` first. */
export function clockPrograms(): Promise<ClockPrograms> {
  found ??= (async () => {
    const folder = prebuilt();
    if (folder !== undefined) return fromPackage(folder);
    const compiler = await findCompiler();
    if (compiler === undefined) throw new Error("the clock's library is not compiled, and there is no C compiler");
    return compile(compiler);
  })();
  return found;
}

/** The first error of a compiler's many lines, or what else went wrong. */
function reasonOf(error: unknown): string {
  const lines = ((error as { stderr?: string }).stderr ?? "").split("\n");
  const first = lines.find((line) => line.includes("error:")) ?? lines.find((line) => line.trim() !== "");
  return first ?? (error instanceof Error ? error.message : String(error));
}

/** Whether this machine can have a clock that leaps and how, or what to do where it cannot. */
export async function clockAvailability(): Promise<ClockAvailability> {
  const no = (why: string, fix: string): ClockAvailability => ({ available: false, why, fix });
  if (process.platform !== "linux")
    return no(`the clock that leaps needs Linux, this is ${process.platform}`, "Use --time preload");
  const machine = machines[process.arch];
  if (machine === undefined)
    return no(`the clock that leaps knows x64 and arm64, this is ${process.arch}`, "Use --time faketime or preload");
  const isPrebuilt = prebuilt() !== undefined;
  const compiler = await findCompiler();
  const toCompile = "apt-get install gcc libc6-dev";
  if (!isPrebuilt && compiler === undefined)
    return no("there is no C compiler to build the clock's library", toCompile);
  const how = isPrebuilt ? `prebuilt for ${machine.name}` : `compiled with ${compiler ?? ""}`;
  try {
    const { coordinator } = await clockPrograms();
    // Linked against a libc that this machine may not have.
    await promisify(execFile)(coordinator, []).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== notStartedByUs) throw error;
    });
    return { available: true, detail: machine.caution === undefined ? how : `${how}; ${machine.caution}` };
  } catch (error) {
    if (isPrebuilt)
      return no(`the clock, ${how}, does not start here: ${reasonOf(error)}`, "Use --time faketime or preload");
    return no(`the clock's library does not compile here: ${reasonOf(error)}`, toCompile);
  }
}

/** What the coordinator says to whoever starts it without what it needs to know. */
const notStartedByUs = 64;
