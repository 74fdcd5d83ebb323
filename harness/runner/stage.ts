/** What a scenario's `play` has in its hands: the client, time, moments and faults of one run. */

import { formatTime, type Clock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { formatDuration, hours, minutes, seconds } from "../../core/units.ts";
import type { ClientProcess } from "../client/client-process.ts";
import type { ClientLog } from "../client/client-log.ts";
import type { Role } from "../incident/roles.ts";
import type { Moment, Stage } from "../incident/scenario.ts";
import type { Testbed } from "../testbed/testbed.ts";
import { Interrupted } from "./interrupted.ts";
import { playFault } from "./play-fault.ts";
import { SteadyStage, Unplayable } from "./steady-stage.ts";

/** The scenario could not be played on: the run is invalid, and this says why. */
export class PlayAborted extends Error {}

export interface StageOptions {
  client: ClientProcess;
  log: ClientLog;
  testbed: Testbed;
  journal: Journal;
  clock: Clock;
  timezone: string;
  /** What the scenario exercises, and what the client is known to play; undefined where that is taken from what is seen. */
  roles: readonly Role[];
  declared: readonly string[] | undefined;
  /** Aborted when the user interrupts the run. */
  signal: AbortSignal;
}

/**
 * How long a moment may take where the scenario does not say: wall time where a client's start is that, and incident time
 * on a clock that leaps, where it is its CPU.
 */
const patienceWallMs = seconds(20);
const patienceMs = minutes(10);
/** A fault is over after this much incident time, whatever became of the scenario. */
const defaultTtlMs = hours(24);

export function stage(options: StageOptions): Stage {
  const { client, journal, clock, timezone, signal } = options;
  let faults = 0;
  const steady = new SteadyStage({
    ...options,
    exitText: (exit) => exitedBefore("it had settled", exit, options, Unplayable),
  });
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
          `The scenario was late: ${formatTime(Date.parse(date), { timezone, day: true })} had passed by ${formatDuration(-waitMs)} when it came to wait for it. The client or this machine is too slow for x${clock.compression}: run fewer at a time, with --jobs 1.`,
        );
      }
      await clock.sleep(waitMs, signal);
    },
    settled: (...using) => steady.settled(using),
    needs: (found, what) => steady.needs(found, what),
    back: (limits) => steady.back(limits.within),
    until: (moment, limits) => until(moment, limits?.orAfter, options),
    fault: (fault, during, limits) => {
      faults += 1;
      const { ttlMs = defaultTtlMs, ifMet = false } = limits ?? {};
      return playFault(fault, during, { ...options, id: `fault-${faults}`, ttlMs, ifMet });
    },
  };
}

async function until(moment: Moment, orAfter: number | undefined, options: StageOptions): Promise<boolean> {
  const { clock, journal, signal } = options;
  const limitMs = orAfter ?? Math.max(patienceWallMs * clock.compression, patienceMs);
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
        settle(() => reject(exitedBefore(moment.what, event, options, PlayAborted)));
      }
    });
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** What a shell exits with where there is no such program, or it may not be run. */
const cannotStart = [126, 127];

function exitedBefore(
  what: string,
  { code, signal }: JournalEvent<"client.exited">,
  { journal, log }: StageOptions,
  Kind: new (message: string) => Error,
): Error {
  const lastWords = log.lastWords();
  const words =
    lastWords === undefined
      ? "It printed nothing."
      : `${lastWords.isError ? "Its error" : "Its last line"}: "${lastWords.text}".`;
  if (code !== null && cannotStart.includes(code)) {
    return new FiredrillError(
      `Cannot start the client: the shell found no program to run. ${words} Check its command.`,
    );
  }
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  const [left] = journal.view().all("client.left-behind");
  const daemon =
    left === undefined
      ? ""
      : ` It left "${left.command}" running: if that is the client, start it in the foreground, where it can be watched and stopped.`;
  return new Kind(`The client ${how} before ${what}. ${words}${daemon} See client.log.`);
}
