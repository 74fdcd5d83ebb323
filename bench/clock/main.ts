/**
 * What the clock that leaps costs and how true it is, beside libfaketime at the same speed: µs a leap; how long an answer of
 * 150 ms takes by the client's own clock, and how old a tick is, on a quiet machine and beside four busy programs; and the
 * wall's time of an incident hour. Prints a table; judges nothing.
 *
 *     node bench/clock/main.ts [minutes of incident, 60]
 */

import { fork } from "node:child_process";
import { faketime } from "../../harness/client/time/faketime.ts";
import { faked, leapCostUs, leapt, type Measured } from "./runs.ts";

const minutes = Number(process.argv[2] ?? 60);
const busyPrograms = 4;

const at = (sorted: number[], share: number): string =>
  (sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN).toFixed(1);

function row(name: string, { answerMs, ageMs, wallMs, incidentMs }: Measured): void {
  const speed = incidentMs / wallMs;
  const answers = answerMs.toSorted((a, b) => a - b);
  const ages = ageMs.toSorted((a, b) => a - b);
  console.log(
    [
      name.padEnd(30),
      `x${speed.toFixed(0)}`.padStart(6),
      `${(3_600 / speed).toFixed(1)} s`.padStart(9),
      `${at(answers, 0.5)} / ${at(answers, 0.99)} / ${at(answers, 1)}`.padStart(24),
      `${at(ages, 0.5)} / ${at(ages, 0.99)} / ${at(ages, 1)}`.padStart(18),
    ].join("  "),
  );
}

async function compare(where: string): Promise<void> {
  const leap = await leapt(minutes * 60_000);
  row(`leap, ${where}`, leap);
  if (!(await faketime.availability()).available) {
    console.log("libfaketime is not installed");
    return;
  }
  row(`libfaketime, ${where}`, await faked(leap.incidentMs / leap.wallMs, Math.min(leap.wallMs, 20_000)));
}

console.log(`a leap, two Node processes: ${(await leapCostUs(minutes * 60_000)).toFixed(0)} µs\n`);
console.log(`${"".padEnd(30)}   speed  wall/hour  answer of 150 ms p50/p99/max  age of a tick, ms`);
await compare("quiet");
const busy = Array.from({ length: busyPrograms }, () => fork(new URL("../repeats/busy.mjs", import.meta.url)));
try {
  await compare(`${busyPrograms} busy programs`);
} finally {
  busy.forEach((program) => program.kill("SIGKILL"));
}
