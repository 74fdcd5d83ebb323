/** `firedrill mock exchange` as a user starts it: a process of its own, known by what it prints. */

import type { ChildProcess } from "node:child_process";
import { onTestFinished } from "vitest";
import { start, type Invocation } from "../../support/firedrill.ts";

export interface MockProcess {
  child: ChildProcess;
  done: Invocation["done"];
  /** What is printed beside a word at the start of a line: `REST`, `public`, `private`, `trade`, `key`, `secret`. */
  printed: Record<string, string>;
}

const lastLine = "docs/sdks.md\n";

export async function startMock(...args: string[]): Promise<MockProcess> {
  const { child, done } = start(["mock", "exchange", ...args]);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await done;
  });
  const text = await new Promise<string>((resolve, reject) => {
    let seen = "";
    child.stdout?.on("data", (chunk: string) => {
      seen += chunk;
      if (seen.includes(lastLine)) resolve(seen);
    });
    void done.then(({ stderr }) => reject(new Error(`the mock ended before it was up: ${stderr}`)));
  });
  const printed = [...text.matchAll(/^(\S+) +(\S+)/gm)].map(([, name = "", value = ""]) => [name, value]);
  return { child, done, printed: Object.fromEntries(printed) as Record<string, string> };
}
