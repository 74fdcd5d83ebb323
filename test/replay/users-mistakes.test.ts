/** What a user gets wrong in their own files, folders and journals is reported as theirs, and never passes. */

import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { firedrill, resultOf, scratch, start } from "../support/firedrill.ts";

/** Seconds on a quiet machine; one that does much else takes minutes to start so many processes. */
vi.setConfig({ testTimeout: 300_000 });

const project = fileURLToPath(new URL("../fixtures/project/", import.meta.url));
const play = (output: string, ...more: string[]) =>
  firedrill(["run", "short-close", "--client", "reference", "--output", output, ...more], { cwd: project });

const scenarioSource = (playBody: string, before = ""): string => `${before}
export default {
  id: "mine", report: "B", title: "Mine", roles: ["signals"],
  clock: { start: "2025-10-21T23:06:00Z", end: "2025-10-21T23:10:00Z", timezone: "UTC" },
  async play({ client }) { ${playBody} },
  expect: [], provenBy: {},
};`;

async function own(source: string): Promise<string> {
  const folder = await scratch();
  await mkdir(join(folder, "drills"));
  await writeFile(join(folder, "drills/mine.ts"), source);
  await writeFile(join(folder, "firedrill.config.ts"), 'export default { scenarios: ["drills"] };');
  return folder;
}

describe("a scenario of the user's own", () => {
  it.each([
    ["with a syntax error", scenarioSource("}}"), "list", /Cannot load the scenario .*mine\.ts: SyntaxError: /],
    [
      "that ends the process as it is loaded",
      scenarioSource("", "process.exit(0);"),
      "list",
      /mine\.ts ends the process while it is loaded/,
    ],
    [
      "that throws in its play",
      scenarioSource("client.begin()"),
      "run",
      /The scenario mine threw in its play: TypeError: client\.begin is not a function, at .*mine\.ts:5\. Correct/,
    ],
    [
      "that ends the process in its play",
      scenarioSource("process.exit(0)"),
      "run",
      /The scenario in .*mine\.ts ended the process that plays it/,
    ],
  ])("%s is the user's to mend: exit 64 and the file, no stack trace", async (_name, source, command, message) => {
    const cwd = await own(source);
    const args = command === "list" ? ["list"] : ["run", "mine", "--client", "reference", "--output", join(cwd, "out")];
    const { code, stdout, stderr } = await firedrill(args, { cwd });
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toMatch(/^\s+at .*[:(]\d+/m);
    expect(code).toBe(64);
  });
});

describe("switches", () => {
  it.each([
    [["--jobs", "0x10"], /in digits/],
    [["--jobs", "1000"], /from 1 to 64/],
    [["--seed", ""], /1 to 100 characters/],
    [["--output", ""], /It is empty\. Give a folder/],
    [["--output", "/proc/x/y"], /Cannot write the run's files to \/proc\/x\/y: its file system takes no folders/],
    [["--reporter", "json", "--reporter", "json"], /--reporter json is given twice/],
  ])("%j", async (args, message) => {
    const { code, stderr } = await firedrill(["run", "short-close", "--client", "reference", ...args], {
      cwd: project,
    });
    expect(stderr).toMatch(message);
    expect(code).toBe(64);
  });

  it("an empty part of a run is green, and says so", async () => {
    const { code, stderr } = await firedrill(["run", "short-close", "--client", "reference", "--shard", "2/2"], {
      cwd: project,
    });
    expect(stderr).toContain("Nothing to run in --shard 2/2");
    expect(code).toBe(0);
  });

  it("--version", async () => {
    const { code, stdout } = await firedrill(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });
});

describe("a run", () => {
  it("shows and keeps no secret: not one of its environment, its command or what it prints", async () => {
    const secrets = { argument: "hunter2hunter2x", variable: "t0ken-t0ken-t0ken" };
    const output = await scratch();
    const command = `node talker.mjs --api-secret ${secrets.argument}`;
    const reporters = ["list", "json", "junit", "github", "html", "trace"].flatMap((name) => ["--reporter", name]);
    const { stdout, stderr } = await firedrill(
      ["run", "short-close", "--command", command, "--output", output, ...reporters],
      { cwd: project, env: { TALKER_TOKEN: secrets.variable, BYBIT_API_KEY: "a-real-one-1" } },
    );
    expect(stdout).toContain("Again: npx firedrill run short-close --command 'node talker.mjs --api-secret ***'");
    expect(stderr).toContain("The environment has BYBIT_API_KEY, and the client command gets it.");
    const entries = (await readdir(output, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(entries.map(({ name }) => name).toSorted()).toEqual([
      "client.log",
      "github.md",
      "journal.ndjson",
      "junit.xml",
      "report.html",
      "report.json",
      "result.json",
      "trace.json",
    ]);
    for (const { parentPath, name } of entries) {
      expect((await stat(join(parentPath, name))).mode & 0o777, name).toBe(0o600);
    }
    const kept = await Promise.all(entries.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")));
    expect(kept.join("")).toContain("started with --api-secret ***");
    for (const secret of [...Object.values(secrets), "a-real-one-1", "firedrill-secret", "firedrill-token"]) {
      expect([...kept, stdout, stderr].filter((text) => text.includes(secret))).toEqual([]);
    }
  });

  it("has one reporter on stdout, and that no client is named is said", async () => {
    const output = await scratch();
    const args = ["run", "short-close", "--output", output, "--reporter", "json", "--reporter", "list"];
    const { stdout, stderr } = await firedrill(args, {
      cwd: project,
      env: { CI: "true", NO_COLOR: "", FORCE_COLOR: "" },
    });
    expect((JSON.parse(stdout) as { results: unknown[] }).results).toHaveLength(1);
    expect(stderr).toContain("No client is named, so the reference plays");
    const text = await readFile(join(output, "report.txt"), "utf8");
    expect(text).toContain("short-close × reference");
    expect(text + stderr).not.toContain("\u001b");
  });
});

describe("judge never passes", () => {
  const judged = async (output: string) => {
    const { code, stdout } = await firedrill(["judge", output], { cwd: project });
    return { code, stdout };
  };
  const journalOf = (output: string): string => join(output, "short-close/reference/journal.ndjson");

  it("a journal that was cut, though the rest of it would do", async () => {
    const output = await scratch();
    await play(output);
    expect((await judged(output)).code).toBe(0);
    const lines = (await readFile(journalOf(output), "utf8")).split("\n");
    await writeFile(journalOf(output), `${lines.slice(0, -8).join("\n")}\n`);
    expect(await judged(output)).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("it has no end after line") as string,
    });
  });

  it("a run that was interrupted, of which nothing but the journal says anything", async () => {
    const output = await scratch();
    const args = ["run", "short-close", "--client", "mute", "--output", output];
    const { child, done } = start(args, { cwd: project });
    child.stdout?.on("data", (text: string) => text.includes("client started") && child.kill("SIGINT"));
    expect((await done).code).toBe(130);
    expect((await resultOf(output)).run).toMatchObject({ complete: false });
    expect(await judged(output)).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("cannot be judged") as string,
    });
  });
});
