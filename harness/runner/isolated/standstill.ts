/**
 * Watches, on the wall's time, whether a run's clock goes on. It stands while the testbed computes, which no run does for
 * long: an endless loop in a scenario's `play` would stand for ever. What the testbed waits for a core does not count, so
 * that a machine with too much to do makes a run slower, not invalid. At the wall's pace nothing keeps the clock from going
 * on, so there it is looked at whether the testbed's first thread ever does anything but compute.
 */

import { wallClock } from "../../../core/clock.ts";
import { formatDuration, seconds } from "../../../core/units.ts";
import type { LeapClock } from "../../../leap/index.ts";
import type { SuiteClock } from "../../client/time/choose.ts";
import { cpuWaitMs } from "../../process/cpu-wait.ts";
import { readKernel } from "../../process/read-kernel.ts";
import type { ScenarioResult } from "../result.ts";

/** Far more than any run has computed at a stretch. */
const limitMs = seconds(60);
const lookMs = seconds(1);

/** Of the time in which it had a core: a thread that ever waits for an event has computed for less. */
const allTheTime = 0.98;

/** The run is invalid: whose file it is, and for how long the clock stood. */
export class Stuck extends Error {
  /** What clients had been through by then. */
  readonly played: readonly ScenarioResult[];

  constructor(scenarioFile: string, forMs: number, played: readonly ScenarioResult[] = []) {
    super(
      `The scenario in ${scenarioFile} kept the clock from going on for ${formatDuration(forMs)}: its play, or a check's moment, computes without an end. Look for a loop that waits for nothing.`,
    );
    this.played = played;
  }
}

/**
 * @param pid The process that plays: its first thread computes.
 * @returns The way to stop watching.
 */
export function watchForStandstill(
  { clock, kind, pid }: { clock: LeapClock; kind: SuiteClock; pid: number },
  stuck: (forMs: number) => void,
): () => void {
  const hadCoreMs = (): number => wallClock.elapsed() - cpuWaitMs({ pid, tid: pid });
  const goesOn = kind === "real" ? waitsSometimes(pid, hadCoreMs) : movesOn(clock);
  let sinceMs = hadCoreMs();
  const timer = wallClock.every(lookMs, () => {
    if (goesOn()) sinceMs = hadCoreMs();
    const forMs = hadCoreMs() - sinceMs;
    if (forMs > limitMs) stuck(forMs);
  });
  return () => timer.cancel();
}

/** Whether the clock has gone on since it was last asked. */
function movesOn(clock: LeapClock): () => boolean {
  let beforeMs = -1;
  return () => {
    const nowMs = clock.elapsedMs();
    const moved = nowMs !== beforeMs;
    beforeMs = nowMs;
    return moved;
  };
}

/** Whether the process's first thread has waited for anything but a core since it was last asked. */
function waitsSometimes(pid: number, hadCoreMs: () => number): () => boolean {
  const usedMs = (): number => Number(readKernel(`/proc/${pid}/task/${pid}/schedstat`)?.split(" ")[0] ?? 0) / 1e6;
  let before = { used: usedMs(), had: hadCoreMs() };
  return () => {
    const now = { used: usedMs(), had: hadCoreMs() };
    const waited = now.used - before.used < (now.had - before.had) * allTheTime;
    before = now;
    return waited;
  };
}
