/**
 * One fault on the stage, the same for all of them: asks for what it needs, arms it, watches the journal for its
 * landing, heals it when the scenario goes on or its time to live is over, and journals each step.
 */

import type { Clock } from "../../core/clock.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { Journal } from "../../core/journal/journal.ts";
import type { ArmedFault, Fault, FaultContext } from "../incident/fault.ts";

/** This run cannot have the fault, or the client does not do what it is about: the scenario says nothing about the client here, and this says why. */
export class NotApplicable extends Error {
  readonly lacks: "run" | "client";

  constructor(message: string, lacks: "run" | "client") {
    super(message);
    this.lacks = lacks;
  }
}

export interface FaultPlay extends FaultContext {
  clock: Clock;
  journal: Journal;
  /** Incident ms. */
  ttlMs: number;
  /** It need not land. */
  ifMet?: boolean;
}

/**
 * @returns What `during` gave.
 * @throws NotApplicable where the run lacks what the fault needs.
 */
export async function playFault<T>(fault: Fault, during: () => Promise<T>, play: FaultPlay): Promise<T> {
  const { id, clock, journal, ttlMs, ifMet = false } = play;
  const { name, endpoint, awaits, needs, silences = false, harmless = false, isUpToTheClient = false } = fault;
  const what = { name, ...(fault.does === undefined ? {} : { does: fault.does }) };
  for (const need of needs) {
    const missing = need.missing(play);
    if (missing !== undefined) throw new NotApplicable(`The fault ${name} needs ${need.what}: ${missing}`, "run");
  }

  const fromLine = journal.view().events.length;
  const armed = await fault.arm(play, ttlMs);
  const { rules, toxics } = armed;
  journal.write("fault.armed", {
    ...{ fault: id, ...what, endpoint, awaits, fromLine },
    ...(silences ? { silences } : {}),
    ...(harmless ? { harmless } : {}),
    ...(ifMet ? { ifMet } : {}),
    ...(isUpToTheClient ? { isUpToTheClient } : {}),
    ...(rules === undefined ? {} : { rules }),
    ...(toxics === undefined ? {} : { toxics }),
  });
  const until = watchLanding(journal, { id, name, fromLine }, armed);
  let healing: Promise<void> | undefined;
  const heal = (by: "scenario" | "time-to-live"): Promise<void> =>
    (healing ??= (async () => {
      expiry.cancel();
      until(clock.elapsed());
      await armed.heal();
      journal.write("fault.healed", { fault: id, ...what, by });
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

/**
 * Also looks at what was journaled while it was being armed: a fault may land before its arming has returned. A line may
 * also come late (the embedded engine's cross a thread, a request's is written at its end): after the heal, what was
 * seen before still counts. @returns The means to say when it was healed.
 */
function watchLanding(
  journal: Journal,
  { id, name, fromLine }: { id: string; name: string; fromLine: number },
  armed: ArmedFault,
): (healedAtMs: number) => void {
  let endMs = Infinity;
  const look = (event: JournalEvent): boolean => {
    if (momentOf(event) > endMs) return false;
    const evidence = armed.landing(event);
    if (evidence === undefined) return false;
    journal.write("fault.landed", { fault: id, name, proof: event.seq, evidence });
    return true;
  };
  if (!journal.view().events.slice(fromLine).some(look)) {
    const stop = journal.subscribe((event) => {
      if (look(event)) stop();
    });
  }
  return (healedAtMs) => (endMs = healedAtMs);
}

/** When what a line reports was seen. */
function momentOf(event: JournalEvent): number {
  if ("seenAtMs" in event) return event.seenAtMs;
  return event.type === "exchange.request" ? event.receivedAt : event.at;
}
