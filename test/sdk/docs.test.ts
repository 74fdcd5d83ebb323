/** The programs of docs/sdks.md, run as they stand there against a mock exchange started by the command line. */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { available, pythonWithPybit } from "../support/requirements.ts";
import { startMock } from "./support/mock-process.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docs/sdks.md"), "utf8");
const programs = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));
const address = "127.0.0.1:41000";
const interpreters: Record<string, [command: string, ...args: string[]]> = {
  js: [process.execPath, "--input-type=module", "-"],
  python: [pythonWithPybit, "-"],
};

/** With its text on stdin, from the project's root, where a module finds its packages. */
function play(language: string, code: string): Promise<string> {
  const [command = "", ...args] = interpreters[language] ?? [];
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd: root, timeout: 40_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`the ${language} program ended with ${String(error.code)}:\n${stdout}${stderr}`));
    });
    child.stdin?.end(code);
  });
}

test("there is one program for each SDK, and each talks to the address that is written", () => {
  expect(programs.map(({ language }) => language)).toEqual(["js", "js", "python"]);
  expect(programs.map(({ code }) => /bybit-api|ccxt|pybit/.exec(code)?.[0])).toEqual(["bybit-api", "ccxt", "pybit"]);
  expect(programs.filter(({ code }) => !code.includes(address))).toEqual([]);
});

describe.each(programs)("program %#, in $language", ({ language, code }) => {
  test.skipIf(language === "python" && !available("pybit"))("sees the market and trades", async () => {
    const { printed } = await startMock();
    const { host } = new URL(printed.REST ?? "");
    const output = await play(language, code.replaceAll(address, host));
    const [, last, bid, status] = /last price ([\d.]+)\n[^]*best bid ([\d.]+)\n[^]*order (\w+)\n/.exec(output) ?? [];
    expect(Math.abs(Number(bid) / Number(last) - 1), output).toBeLessThan(0.01);
    expect(["Filled", "closed"], output).toContain(status);
  });
});
