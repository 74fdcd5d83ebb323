/**
 * How late this machine itself was: Firedrill's own event loop, and the proxy and the client that waited for a CPU. What
 * that explains is no failure of the client. See `excuse` in `harness/incident/check.ts`.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration } from "../../core/units.ts";
import { once } from "../evidence/once.ts";
import type { Judgement } from "../incident/check.ts";
import { tolerancesOf } from "../evidence/tolerances.ts";

export type Excuse = NonNullable<Judgement["excuse"]>;

const waitsOf = once((journal: JournalView) => journal.all("harness.slipped", "proxy.starved", "client.starved"));

/**
 * The lateness between two moments, incident ms. A wait is journaled when it is over: of one that ended after them, the
 * part before counts.
 */
export function latenessMs(journal: JournalView, { fromAt, toAt }: Pick<Excuse, "fromAt" | "toAt">): number {
  const started = journal.first("run.started") ?? { compression: 1, time: "real" };
  const { starvationSeenLateMs } = tolerancesOf(started);
  return waitsOf(journal)
    .filter(({ at }) => fromAt <= at)
    .reduce((sum, { at, incidentMs }) => {
      const endedMs = at - starvationSeenLateMs;
      return sum + (endedMs <= toAt ? incidentMs : Math.max(toAt - Math.max(endedMs - incidentMs, fromAt), 0));
    }, 0);
}

/** How much of a failure lateness does not explain; 0 or less where it explains all of it. */
export const unexplainedMs = (journal: JournalView, excuse: Excuse | undefined): number =>
  excuse === undefined ? Infinity : excuse.latenessMs - latenessMs(journal, excuse);

/** A failure that this machine's own lateness could have caused is no failure of the client. */
export function excused<J extends Pick<Judgement, "verdict" | "message" | "excuse">>(
  journal: JournalView,
  { excuse, ...judgement }: J,
): Omit<J, "excuse"> {
  if (judgement.verdict !== "fail" || excuse === undefined || unexplainedMs(journal, excuse) > 0) return judgement;
  const lateMs = formatDuration(latenessMs(journal, excuse));
  return {
    ...judgement,
    verdict: "unknown",
    message: `${judgement.message} But this machine was too busy to judge that: in that time Firedrill was late, or it and the client waited for a CPU, ${lateMs} of incident time in all. Run it alone, or with --time leap.`,
  };
}

/** Of a wait what was surely the client's own doing: lateness makes waits longer. */
export const ownMs = (journal: JournalView, { fromAt, toAt }: Pick<Excuse, "fromAt" | "toAt">): number =>
  toAt - fromAt - latenessMs(journal, { fromAt, toAt });
