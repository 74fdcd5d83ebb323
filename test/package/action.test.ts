/**
 * The action for GitHub and the workflow of the examples: actionlint finds nothing, and the action's step does as it says
 * when it is run as the shell that GitHub runs.
 */

import { spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { available } from "../support/requirements.ts";
import { scratch } from "../support/firedrill.ts";
import { root } from "./stranger.ts";

test.skipIf(!available("actionlint"))(
  "actionlint finds nothing in the workflow, nor in one that uses the action",
  async () => {
    const folder = await scratch();
    await mkdir(join(folder, ".github/workflows"), { recursive: true });
    spawnSync("git", ["init", "-q"], { cwd: folder });
    await cp(join(root, "action.yml"), join(folder, "action.yml"));
    await cp(join(root, "examples/ci/firedrill.yml"), join(folder, ".github/workflows/firedrill.yml"));
    const using = (input: string) =>
      `on: [push]\njobs:\n  drill:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./\n        with:\n          ${input}: my-bot\n`;
    const lint = () => spawnSync("actionlint", ["-no-color"], { cwd: folder, encoding: "utf8" });
    await writeFile(join(folder, ".github/workflows/uses.yml"), using("client"));
    expect(lint()).toMatchObject({ stdout: "", status: 0 });
    await writeFile(join(folder, ".github/workflows/uses.yml"), using("cleint"));
    expect(lint().stdout).toContain('input "cleint" is not defined in action');
  },
);

/** The action's one step, as GitHub would run it. */
async function step(inputs: Record<string, string>, exit: number) {
  const folder = await scratch();
  const yaml = await readFile(join(root, "action.yml"), "utf8");
  const script = (yaml.split(/^ {6}run: \|\n/m)[1] ?? "").replace(/^ {8}/gm, "");
  await mkdir(join(folder, "bin"));
  const npx = join(folder, "bin/npx");
  await writeFile(npx, `#!/bin/sh\nprintf '%s\\n' "$@" > called\nexit ${exit}\n`);
  await chmod(npx, 0o755);
  const output = join(folder, "output");
  const env = { SCENARIOS: "", CLIENT: "", COMMAND: "", ARGS: "", OUTPUT: ".firedrill/ci", ...inputs };
  const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    ...{
      cwd: folder,
      env: { PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`, GITHUB_OUTPUT: output, ...env },
    },
  });
  const called = (await readFile(join(folder, "called"), "utf8")).trimEnd().split("\n");
  return { status, called, output: await readFile(output, "utf8") };
}

test("the step ends as the run did, and says so in its output", async () => {
  const { status, called, output } = await step(
    { SCENARIOS: "stream-* private-gap", COMMAND: "python 'my bot.py'", ARGS: "--retries 1" },
    1,
  );
  expect(status).toBe(1);
  expect(output).toBe("exit-code=1\n");
  expect(called.slice(0, 7)).toEqual([
    "--no-install",
    "firedrill",
    "run",
    "stream-*",
    "private-gap",
    "--command",
    "python 'my bot.py'",
  ]);
  expect(called.slice(-2)).toEqual(["--retries", "1"]);
  expect((await step({ CLIENT: "my-bot" }, 0)).status).toBe(0);
});
