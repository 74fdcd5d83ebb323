/**
 * How late this machine itself was: Firedrill's own event loop, and the proxy and the client that waited for a CPU. What
 * that explains is no failure of the client. See `excuse` in `harness/check.ts`.
 */

import type { JournalView } from "../../../core/journal/view.ts";
import type { Judgement } from "../../check.ts";

export type Excuse = NonNullable<Judgement["excuse"]>;

/** A wait for a CPU is seen so long after it, by the wall. */
const seenAfterWallMs = 50;

/**
 * The lateness between two moments, incident ms. A wait is told when it is over: of one that ended after them, the part
 * before counts.
 */
export function latenessMs(journal: JournalView, { fromAt, toAt }: Pick<Excuse, "fromAt" | "toAt">): number {
  const compression = journal.first("run.started")?.compression ?? 1;
  return journal
    .all("harness.slipped", "proxy.starved", "client.starved")
    .filter(({ at }) => fromAt <= at)
    .reduce((sum, { at, incidentMs }) => {
      const endedMs = at - seenAfterWallMs * compression;
      return sum + (endedMs <= toAt ? incidentMs : Math.max(toAt - Math.max(endedMs - incidentMs, fromAt), 0));
    }, 0);
}

/**
 * Of several failures the one that lateness explains least. Only where even that one is explained nothing can be said
 * of the client, so a check that has seen many failures gives the judge this one.
 */
export function leastExcused<Failure>(
  failures: readonly Failure[],
  excuseOf: (failure: Failure) => Excuse,
  journal: JournalView,
): Failure | undefined {
  const unexplained = (failure: Failure): number => {
    const excuse = excuseOf(failure);
    return excuse.latenessMs - latenessMs(journal, excuse);
  };
  return failures.map((failure) => ({ failure, ms: unexplained(failure) })).toSorted((a, b) => b.ms - a.ms)[0]?.failure;
}
