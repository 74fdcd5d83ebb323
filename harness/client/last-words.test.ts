/** The reports are those of real programs, where this machine can run them, and else what theirs printed. */

import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { lastWords } from "./last-words.ts";

const printedBy = (program: string, ...args: string[]): string[] =>
  spawnSync(program, args, { encoding: "utf8" }).stderr.split("\n");

describe("a report of Node", () => {
  test.each([
    ["throw new TypeError('no key')", "TypeError: no key"],
    ["throw new Error('two\\nlines')", "Error: two"],
    ["require('./no-such')", "Error: Cannot find module './no-such'"],
    ["throw new Error('outer', { cause: new Error('inner') })", "Error: outer"],
    [
      "throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED', errors: [new Error('one')] })",
      "Error: refused",
    ],
    ["Promise.reject(new RangeError('too far'))", "RangeError: too far"],
    ["console.error('Error: an hour ago'); throw new Error('now')", "Error: now"],
  ])("%s", (code, text) => {
    expect(lastWords(printedBy(process.execPath, "-e", code))).toEqual({ isError: true, text });
  });

  test("what is no error has no line that names one: then it is the last that is not the report's", () => {
    expect(lastWords(printedBy(process.execPath, "-e", "throw 'only text'"))?.text).not.toMatch(/^Node\.js/);
  });
});

const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) console.log("skipped: the tests of a traceback of Python; there is no python3.");

test.skipIf(!python).each([
  ["print(undefined_name)", "NameError: name 'undefined_name' is not defined"],
  ["import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"],
])("a traceback of Python: %s", (code, text) => {
  expect(lastWords(printedBy("python3", "-c", code))).toEqual({ isError: true, text });
});

test.each([
  [
    "Go",
    "panic: no key\n\ngoroutine 1 [running]:\nmain.main()\n\t/bot/main.go:4 +0x25\nexit status 2",
    "panic: no key",
  ],
  [
    "Java",
    'Exception in thread "main" java.lang.IllegalStateException: no key\n\tat Bot.main(Bot.java:3)',
    'Exception in thread "main" java.lang.IllegalStateException: no key',
  ],
  [
    "Rust",
    "thread 'main' panicked at src/main.rs:2:5:\nno key\nnote: run with `RUST_BACKTRACE=1` environment variable",
    "thread 'main' panicked at src/main.rs:2:5: no key",
  ],
  [
    ".NET",
    "Unhandled exception. System.InvalidOperationException: no key\n   at Bot.Main() in /bot/Program.cs:line 5",
    "Unhandled exception. System.InvalidOperationException: no key",
  ],
  [
    "npm, which ran Node",
    "Error: no key\n    at bot.js:1:7\n\nNode.js v24.1.0\nnpm error Lifecycle script `start` failed with error:\nnpm error code 1",
    "Error: no key",
  ],
])("a report of %s", (_whose, report, text) => {
  expect(lastWords(report.split("\n"))).toEqual({ isError: true, text });
});

test.each([
  ["no config found", "no config found"],
  ["Error: reconnecting\nno config found\n  --config <file>\n  --help", "--help"],
  ["Error: reconnecting\ngave up\n\n", "gave up"],
])("where there is no report, the last line is the last word: %j", (printed, text) => {
  expect(lastWords(printed.split("\n"))).toEqual({ isError: false, text });
});

test("nothing printed is no word", () => expect(lastWords(["", "  "])).toBeUndefined());
