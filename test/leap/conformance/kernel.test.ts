/**
 * The clock that leaps against the kernel's own: what a program sees of each call that has to do with time is the same on
 * both, with waits of some ms and with waits of an hour. On the kernel's clock nothing is said of lateness, as a busy machine
 * may be as late as it likes, and with that change what happens; there a case may be run again, with longer waits.
 */

import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, compilingMs, temporaryFolder, type Folder } from "./compiled.ts";
import { runBare, runOnClock } from "./on-clock.ts";

/** What a wait may be late by on the clock, incident ms, beyond all that the case's threads computed (see `finish`). */
const lateMost = 2;
const hourMs = 3_600_000;
/** Of what a busy kernel did otherwise: one that is late by all of the last is no use for anything. */
const longerUnitsMs = [60, 180, 540];
const subjects = [
  "cancels",
  "descriptors",
  "epolls",
  "futexes",
  "handovers",
  "processes",
  "programs",
  "signals",
  "sleeps",
  "sockets",
  "syncs",
  "threads",
  "timers",
] as const;

interface Line {
  said: string;
  lateMs: number;
}

let folder: Folder;
let probe: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  probe = await compiled("probe", folder);
}, compilingMs);
afterAll(() => folder[Symbol.asyncDispose]());

function lines(stdout: string): Map<string, Line> {
  const found = new Map<string, Line>();
  for (const [, name = "", said = "", lateUs] of stdout.matchAll(/^(\w+):(.*) \| (\d+)$/gm))
    found.set(name, { said, lateMs: Number(lateUs) / 1_000 });
  return found;
}

const unit = (ms: number): Record<string, string> => ({ PROBE_UNIT_MS: String(ms) });

async function onClock(subject: string, unitMs: number): Promise<{ all: Map<string, Line>; report: string }> {
  const { stdout, stderr, status, report } = await runOnClock([probe, subject], {
    limitMs: 150_000,
    env: unit(unitMs),
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return { all: lines(stdout), report: `the clock's report: ${JSON.stringify(report)}` };
}

async function bare(argv: string[], unitMs: number): Promise<Map<string, Line>> {
  return lines((await runBare([probe, ...argv], { limitMs: 150_000, env: unit(unitMs) })).stdout);
}

const words = (all: Map<string, Line>): Record<string, string> =>
  Object.fromEntries([...all].map(([name, { said }]) => [name, said]));

test("every subject of the probe is a test here", () => {
  expect(execFileSync(probe, { encoding: "utf8" }).trim().split("\n").toSorted()).toEqual([...subjects]);
});

describe.each(subjects)("%s", (subject) => {
  test(
    "are the same on the kernel's clock and on the one that leaps, and punctual there",
    { timeout: 600_000 },
    async () => {
      const { all: short, report } = await onClock(subject, 20);
      const kernels = await bare([subject], 20);
      for (const unitMs of longerUnitsMs)
        for (const [name, { said }] of short)
          if (kernels.get(name)?.said !== said)
            for (const [again, line] of await bare([subject, name], unitMs)) kernels.set(again, line);
      expect(short.size).toBeGreaterThanOrEqual(3);
      expect(words(short), report).toEqual(words(kernels));

      const { all: long, report: longReport } = await onClock(subject, hourMs);
      expect(words(long), longReport).toEqual(words(short));
      const late = [...short, ...long].filter(([, { lateMs }]) => lateMs > lateMost);
      expect(late, `${report}, ${longReport}`).toEqual([]);
    },
  );
});
