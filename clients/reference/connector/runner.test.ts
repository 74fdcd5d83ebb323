/** Real subprocesses: what becomes of them, and what is known of it. */

import { expect, test } from "vitest";
import { endText, SubprocessRunner } from "./runner.ts";

const started = (code: string, onLine: (line: string) => void = () => undefined) =>
  new SubprocessRunner({ url: "ws://127.0.0.1:1", onLine }, [process.execPath, "-e", code, "--"]);

test("its exit code and the last lines of its stderr are kept", async () => {
  const words = `for (let n = 1; n <= 9; n += 1) console.error("line " + n); process.exitCode = 1`;
  const end = await started(words).ended;
  expect(end).toEqual({ code: 1, signal: null, lastWords: [5, 6, 7, 8, 9].map((n) => `line ${n}`) });
  expect(endText(end)).toBe("code 1; its last words: line 5 | line 6 | line 7 | line 8 | line 9");
});

test("it is asked what to subscribe and where, and is heard", async () => {
  const echo = `process.stdin.on("data", (data) => console.log(process.argv[1] + " " + data))`;
  const heard = await new Promise<string>((resolve) => {
    const runner = started(echo, (line) => {
      void runner.stop();
      resolve(line);
    });
    runner.subscribe(["publicTrade.BTCUSDT"]);
  });
  expect(heard).toBe('ws://127.0.0.1:1 {"op":"subscribe","topics":["publicTrade.BTCUSDT"]}');
});

test("it is asked to end, and killed where it does not", async () => {
  const ready = (code: string) =>
    new Promise<SubprocessRunner>((resolve) => {
      const runner = started(`${code}; setInterval(() => {}, 1e6); console.log("up")`, () => resolve(runner));
    });
  const willing = await ready(`process.on("SIGTERM", () => process.exit(0))`);
  expect(await willing.stop()).toMatchObject({ code: 0, signal: null });
  const stubborn = await ready(`process.on("SIGTERM", () => {})`);
  expect(stubborn.alive).toBe(true);
  expect(await stubborn.stop()).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(stubborn.alive).toBe(false);
  expect(await stubborn.stop()).toMatchObject({ signal: "SIGKILL" });
});

test("a program that is not there has ended, with the reason", async () => {
  const runner = new SubprocessRunner({ url: "", onLine: () => undefined }, ["/nowhere/connector"]);
  expect(runner.alive).toBe(false);
  expect(endText(await runner.ended)).toContain("ENOENT");
});
