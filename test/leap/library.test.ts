/** How a machine gets the clock's programs: from the package, or from its compiler, and what it says where it cannot. */

import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test as anywhere } from "vitest";
import { builtFrom, clockPrograms, fingerprint, programsIn } from "../../leap/library.ts";

const test = anywhere.runIf(process.platform === "linux" && process.arch === "x64");
const leap = fileURLToPath(new URL("../../leap/", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "firedrill-library-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Asked {
  state: { available: boolean; detail?: string; why?: string; fix?: string };
  /** Where the library is, or undefined. */
  library: string | undefined;
  /** What a process on such a clock says of its date. */
  year: string | undefined;
}

/** As a process of its own sees it, from the checkout or from a copy of the room. */
async function asked(env: Record<string, string>, room = leap): Promise<Asked> {
  const program = `
    const { clockAvailability, clockPrograms } = await import(process.argv[1] + "library.ts");
    const { startClock } = await import(process.argv[1] + "clock.ts");
    const state = await clockAvailability();
    if (!state.available) console.log(JSON.stringify({ state }));
    else {
      await using clock = await startClock({ start: "2031-05-05T00:00:00Z" });
      const child = clock.spawn([process.execPath, "-p", "new Date().getUTCFullYear()"], { group: "client" });
      const [year] = await child.stdout.toArray();
      console.log(JSON.stringify({ state, library: (await clockPrograms()).library, year: String(year).trim() }));
    }`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program, room], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as Asked;
}

async function compilerThat(script: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "cc"), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, "cc"), 0o755);
  return bin;
}

/** The room as the package has it, with these programs. */
async function packaged(into: string, builtFromSources: string): Promise<string> {
  const room = join(into, "leap/");
  const prebuilt = join(room, "native/prebuilt/linux-x64");
  await cp(leap, room, { recursive: true });
  await rm(prebuilt, { recursive: true, force: true });
  await mkdir(prebuilt, { recursive: true });
  const programs = await clockPrograms();
  await cp(programs.library, programsIn(prebuilt).library);
  await cp(programs.coordinator, programsIn(prebuilt).coordinator);
  await writeFile(join(prebuilt, builtFrom), builtFromSources);
  return room;
}

test("what the compiler makes is kept in the cache, by its content", async () => {
  const cache = join(folder, "cache");
  const { state, library, year } = await asked({ XDG_CACHE_HOME: cache });
  expect(state).toEqual({ available: true, detail: expect.stringMatching(/^compiled with \/.*cc$/) as string });
  expect(library).toMatch(new RegExp(`^${cache}/firedrill/clock-`));
  expect(year).toBe("2031");
  const [kept = ""] = await readdir(join(cache, "firedrill"));
  expect((await readdir(join(cache, "firedrill", kept))).toSorted()).toEqual([
    "firedrill-clock",
    "libfiredrill-clock.so",
  ]);
});

test.each(["with space", "with:colon", "with$dollar"])(
  "a cache %s cannot be preloaded from, so another is taken",
  async (name) => {
    const { state, library, year } = await asked({ XDG_CACHE_HOME: join(folder, name), TMPDIR: folder });
    expect(state.available).toBe(true);
    expect(library).toMatch(new RegExp(`^${folder}/firedrill-cache-`));
    expect(year).toBe("2031");
  },
);

test("a cache that others can write to is not trusted", async () => {
  const cache = join(folder, "cache");
  await mkdir(join(cache, "firedrill"), { recursive: true });
  await chmod(join(cache, "firedrill"), 0o777);
  const { library } = await asked({ XDG_CACHE_HOME: cache, TMPDIR: folder });
  expect(library).toMatch(new RegExp(`^${folder}/firedrill-cache-`));
});

test("of what a compiler complains of, its first error is shown", async () => {
  const bin = await compilerThat(
    'echo "library/clock.c: In function x:" >&2; echo "clock.c:1:1: error: no such thing" >&2; echo "2: error: more" >&2; exit 1',
  );
  const { state } = await asked({ PATH: bin, XDG_CACHE_HOME: join(folder, "cache") });
  expect(state).toEqual({
    available: false,
    why: "the clock's library does not compile here: clock.c:1:1: error: no such thing",
    fix: "apt-get install gcc libc6-dev",
  });
});

test("without a compiler it says which to install", async () => {
  const { state } = await asked({ PATH: folder, XDG_CACHE_HOME: join(folder, "cache") });
  expect(state).toMatchObject({ available: false, fix: "apt-get install gcc libc6-dev" });
});

test("the package's own are used where they are, without a compiler", async () => {
  const room = await packaged(folder, fingerprint());
  const { state, library, year } = await asked({ PATH: folder }, room);
  expect(state).toEqual({ available: true, detail: "prebuilt for linux-x64" });
  expect(library).toBe(programsIn(join(room, "native/prebuilt/linux-x64")).library);
  expect(year).toBe("2031");
});

test("from a package in a folder that cannot be preloaded from they are copied", async () => {
  const room = await packaged(join(folder, "my projects"), fingerprint());
  const { state, library, year } = await asked({ PATH: folder, XDG_CACHE_HOME: join(folder, "cache") }, room);
  expect(state).toEqual({ available: true, detail: "prebuilt for linux-x64" });
  expect(library).toMatch(new RegExp(`^${folder}/cache/firedrill/`));
  expect(year).toBe("2031");
});

test("those of other sources are not used", async () => {
  const room = await packaged(folder, "of another day");
  const { state } = await asked({ XDG_CACHE_HOME: join(folder, "cache") }, room);
  expect(state.detail).toMatch(/^compiled with/);
});

test("those that do not start here are no clock", async () => {
  const room = await packaged(folder, fingerprint());
  const { coordinator } = programsIn(join(room, "native/prebuilt/linux-x64"));
  await writeFile(coordinator, '#!/bin/sh\necho "version GLIBC_2.99 not found" >&2; exit 1\n');
  const { state } = await asked({}, room);
  expect(state).toEqual({
    available: false,
    why: "the clock, prebuilt for linux-x64, does not start here: version GLIBC_2.99 not found",
    fix: "Use --time faketime or preload",
  });
});
