/**
 * One fault on the stage, the same for all of them: asks for what it needs, arms it, watches the journal for its
 * landing, heals it when the scenario goes on or its time to live is over, and journals each step.
 */

import type { Clock } from "../../core/clock.ts";
import type { Journal } from "../../core/journal/journal.ts";
import type { ArmedFault, Fault, FaultContext } from "../fault.ts";

/** This run cannot have the fault: the scenario says nothing about the client here, and this says why. */
export class NotApplicable extends Error {}

export interface FaultPlay extends FaultContext {
  clock: Clock;
  journal: Journal;
  /** Incident ms. */
  ttlMs: number;
}

/**
 * @returns What `during` gave.
 * @throws NotApplicable where the run lacks what the fault needs.
 */
export async function playFault<T>(fault: Fault, during: () => Promise<T>, play: FaultPlay): Promise<T> {
  const { id, clock, journal, ttlMs } = play;
  const { name, endpoint, awaits, needs, silences = false } = fault;
  for (const need of needs) {
    const missing = need.missing(play);
    if (missing !== undefined) throw new NotApplicable(`The fault ${name} needs ${need.what}: ${missing}`);
  }

  const armedAtLine = journal.view().events.length;
  const armed = await fault.arm(play, ttlMs);
  journal.write("fault.armed", { fault: id, name, endpoint, awaits, ...(silences ? { silences } : {}) });
  const stopWatching = watchLanding(journal, { id, name, fromLine: armedAtLine }, armed);
  let healing: Promise<void> | undefined;
  const heal = (by: "scenario" | "time-to-live"): Promise<void> =>
    (healing ??= (async () => {
      expiry.cancel();
      stopWatching();
      await armed.heal();
      journal.write("fault.healed", { fault: id, name, by });
    })());
  const expiry = clock.after(ttlMs, () => {
    // A failure to heal is the scenario's to report, when it comes to heal.
    heal("time-to-live").catch(() => undefined);
  });
  try {
    return await during();
  } finally {
    await heal("scenario");
  }
}

/** Also looks at what was journaled while it was being armed: a fault may land before its arming has returned. */
function watchLanding(
  journal: Journal,
  { id, name, fromLine }: { id: string; name: string; fromLine: number },
  armed: ArmedFault,
): () => void {
  const look = (event: Parameters<ArmedFault["landing"]>[0]): boolean => {
    const evidence = armed.landing(event);
    if (evidence === undefined) return false;
    journal.write("fault.landed", { fault: id, name, proof: event.seq, evidence });
    return true;
  };
  if (journal.view().events.slice(fromLine).some(look)) return () => undefined;
  const stop = journal.subscribe((event) => {
    if (look(event)) stop();
  });
  return stop;
}
