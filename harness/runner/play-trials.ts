/**
 * Plays the trials of one session in their order, each as far as it comes, and writes where each began and ended. Starting
 * and stopping what they are played on is `play`'s.
 */

import type { Clock } from "../../core/clock.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { hours, minutes } from "../../core/units.ts";
import { missingNow } from "../evidence/steady/missing-now.ts";
import type { ClientProcess } from "../client/client-process.ts";
import type { Scenario, Stage, Trial } from "../incident/scenario.ts";
import { machineUptimeMs } from "../process/uptime.ts";
import { NotApplicable } from "./play-fault.ts";
import { ofTheScenario } from "./scenario-error.ts";
import { PlayAborted } from "./stage.ts";
import { NotBack, Unplayable } from "./steady-stage.ts";

/** How long a scenario may go on after its end: what it waits for may come late, and what never comes is waited for in vain. */
const overrunMs = hours(1);

/** Rejects when the scenario has gone on for far too long: it waits for what never comes, or in a loop. */
async function overrun({ id, clock: { start, end } }: Scenario, clock: Clock, signal: AbortSignal): Promise<never> {
  await clock.sleep(Date.parse(end) - Date.parse(start) + overrunMs, signal);
  throw new PlayAborted(
    `The scenario ${id} was to end at ${end}, and an hour later its play went on: it waits for something that never comes. Mend its play, or its clock's end.`,
  );
}

interface Played {
  scenario: Scenario;
  /** Where that is from, for messages. */
  scenarioFile: string;
}

interface Session {
  stage: Stage;
  client: ClientProcess;
  clock: Clock;
  journal: Journal;
  signal: AbortSignal;
}

/**
 * @returns How many were begun: with the first after which the client was not back, or had ended, or lost something before
 * the next, the session is over.
 */
export async function playTrials(
  played: Played,
  trials: readonly Trial[],
  { stage, client, clock, journal, signal }: Session,
): Promise<number> {
  if (played.scenario.trials === undefined) {
    await playOn(played, () => trials[0]?.play(stage), { clock, journal });
    return 1;
  }
  for (const [n, one] of trials.entries()) {
    if (n > 0) await clock.sleep(betweenTrialsMs, signal);
    // What the last trial broke after it had been looked at, or by and by, is not the next one's.
    if (n > 0 && missingNow(journal.view()).length > 0) return n;
    const startedMs = machineUptimeMs();
    journal.write("trial.started", { trial: one.id });
    const begin = async () => {
      if (!client.running) await client.start();
      await one.play(stage);
    };
    const isBack = await playOn(played, begin, { clock, journal });
    const goesOn = isBack && client.running;
    journal.write("trial.ended", { trial: one.id, goesOn, wallMs: Math.round(machineUptimeMs() - startedMs) });
    if (!goesOn) return n + 1;
  }
  return trials.length;
}

/** Enough for a backoff to begin anew, and for every connection to leave the five minutes in which the exchange counts them. */
const betweenTrialsMs = minutes(5);

/** Plays to the end, or to where nothing more can be played. @returns Whether the next trial may have what is left. */
async function playOn(
  { scenario, scenarioFile }: Played,
  played: () => Promise<void> | undefined,
  { clock, journal }: { clock: Clock; journal: Journal },
): Promise<boolean> {
  const over = new AbortController();
  try {
    await Promise.race([played(), overrun(scenario, clock, over.signal)]);
    return true;
  } catch (error) {
    if (error instanceof NotApplicable)
      journal.write("run.not-applicable", { message: error.message, lacks: error.lacks });
    else if (error instanceof Unplayable) journal.write("client.unsettled", { message: error.message });
    else if (error instanceof PlayAborted) journal.write("run.aborted", { message: error.message });
    // What it did not come back to is in the journal.
    else if (!(error instanceof NotBack)) throw ofTheScenario(error, scenario, scenarioFile);
    return error instanceof NotApplicable;
  } finally {
    over.abort();
  }
}
