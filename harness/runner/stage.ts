/** What a scenario's `play` has in its hands: the client, time, moments and faults of one run. */

import { formatTime, type Clock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { formatDuration, hours, seconds } from "../../core/units.ts";
import type { ClientProcess } from "../client/client-process.ts";
import type { ClientLog } from "../client/client-log.ts";
import type { Moment, Stage } from "../scenario.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { Interrupted } from "./interrupted.ts";
import { playFault } from "./play-fault.ts";

/** The scenario could not be played on: the run is invalid, and this says why. */
export class PlayAborted extends Error {}

export interface StageOptions {
  client: ClientProcess;
  log: ClientLog;
  testbed: Testbed;
  journal: Journal;
  clock: Clock;
  timezone: string;
  /** Aborted when the user interrupts the run. */
  signal: AbortSignal;
}

/** How long a moment may take where the scenario does not say: wall time, because a client's start is wall time. */
const patienceWallMs = seconds(20);
/** A fault is over after this much incident time, whatever became of the scenario. */
const defaultTtlMs = hours(24);

export function stage(options: StageOptions): Stage {
  const { client, journal, clock, timezone, signal } = options;
  let faults = 0;
  return {
    client: {
      start: () => client.start(),
      async stop(name = "SIGINT") {
        await client.stop(name, "operator");
        return journal.view().last("client.exited")?.signal !== "SIGKILL";
      },
    },
    wait: (durationMs) => clock.sleep(durationMs, signal),
    async at(date) {
      const waitMs = Date.parse(date) - clock.now();
      if (Number.isNaN(waitMs)) throw new PlayAborted(`The scenario waits for "${date}", which is no ISO date.`);
      if (waitMs < 0) {
        throw new PlayAborted(
          `The scenario was late: ${formatTime(Date.parse(date), { timezone, day: true })} had passed by ${formatDuration(-waitMs)} when it came to wait for it. The client or this machine is too slow for x${clock.compression}; run with a lower --compression.`,
        );
      }
      await clock.sleep(waitMs, signal);
    },
    until: (moment, limits) => until(moment, limits?.orAfter, options),
    fault: (fault, during, limits) => {
      faults += 1;
      return playFault(fault, during, { ...options, id: `fault-${faults}`, ttlMs: limits?.ttlMs ?? defaultTtlMs });
    },
  };
}

async function until(moment: Moment, orAfter: number | undefined, options: StageOptions): Promise<boolean> {
  const { clock, journal, log, signal } = options;
  const limitMs = orAfter ?? patienceWallMs * clock.compression;
  signal.throwIfAborted();
  const isIt = moment.watch(journal.view(), clock.now());
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      stop();
      timer.cancel();
      signal.removeEventListener("abort", abort);
      finish();
    };
    const abort = (): void => settle(() => reject(new Interrupted()));
    const inVain = `Waited ${formatDuration(limitMs)} until ${moment.what}, in vain. See client.log.`;
    const timer = clock.after(limitMs, () =>
      settle(() => {
        if (orAfter === undefined) reject(new PlayAborted(inVain));
        else resolve(false);
      }),
    );
    const stop = journal.subscribe((event) => {
      if (isIt(event)) settle(() => resolve(true));
      else if (event.type === "client.exited" && !event.expected && orAfter === undefined) {
        settle(() => reject(exitedBefore(moment, event, log.lastWords())));
      }
    });
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** What a shell exits with where there is no such program, or it may not be run. */
const cannotStart = [126, 127];

function exitedBefore(moment: Moment, { code, signal }: JournalEvent<"client.exited">, lastWords?: string): Error {
  const words = lastWords === undefined ? "It printed nothing." : `Its last line: "${lastWords}".`;
  if (code !== null && cannotStart.includes(code)) {
    return new FiredrillError(
      `Cannot start the client: the shell found no program to run. ${words} Check its command.`,
    );
  }
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  return new PlayAborted(`The client ${how} before ${moment.what}. ${words} See client.log.`);
}
