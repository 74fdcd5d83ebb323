import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { argvOf } from "./client-spec.ts";

const argv = (command: string) => argvOf({ name: "bot", summary: "", roles: [], command });

describe("a command for the shell", () => {
  test.each([
    "node my-bot.js",
    "python bot.py --name 'my bot'",
    "./bot $HOME",
    "/usr/bin/env A=1 node bot.js > bot.log",
  ])("%s: the shell becomes the bot", (command) => expect(argv(command)).toEqual(["/bin/sh", "-c", `exec ${command}`]));

  test.each([
    "cd bot && node bot.js",
    "A=1 node bot.js",
    "node bot.js | tee log",
    "exec node bot.js",
    "node bot.js 2>&1",
    "exit 0",
    "cd bot",
    "ulimit -n 64",
  ])("%s: the shell stays", (command) => expect(argv(command).at(-1)).toMatch(/^trap /));

  test.each(["echo one two", "A=one; echo $A two", "(echo one two)", "exec echo one two", "echo one two 2>&1"])(
    "%s: is what a shell makes of it",
    (command) => {
      const [program, ...rest] = argv(command);
      expect(execFileSync(program, rest, { encoding: "utf8" })).toBe("one two\n");
    },
  );

  test.each([
    ["exit 3", 3],
    ["exit-now 3", 127],
  ])("%s ends with code %i", (command, code) => {
    const [program, ...rest] = argv(command);
    expect(spawnSync(program, rest).status).toBe(code);
  });

  test("a program and its arguments are left as they are", () =>
    expect(argvOf({ name: "bot", summary: "", roles: [], command: ["node", "my bot.js"] })).toEqual([
      "node",
      "my bot.js",
    ]));
});
