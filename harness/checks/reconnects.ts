/**
 * After a fault took a connection away, whatever the close code, the client dials again within a time. The first loss
 * of each fault is measured: later ones in the same fault are the business of backoff, but for one that no dial follows at
 * all. Judged from the server's side, by the losses of `runner/recovery.ts`.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Setting } from "../check.ts";
import { lossesOf } from "../runner/recovery.ts";
import { faultTimes } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";

type Closed = JournalEvent<"connection.closed">;
interface Lost {
  closed: Closed;
  /** Incident ms until the next dial; null where none came before the client was stopped. */
  redialMs: number | null;
  /** How long it had to do so. */
  chanceMs: number;
  /** It ended by itself instead of dialling. */
  crash: JournalEvent<"client.exited"> | undefined;
}

/** So many times its limit without a dial is no backoff any more. */
const never = 10;

export function reconnects(options: { within: number }): Check {
  return {
    name: "reconnects",
    asks: `dials again within ${formatDuration(options.within)} of a lost connection`,
    judge(journal, setting) {
      const losses = measuredLosses(journal, never * options.within);
      const shape = { target: options.within, unit: "ms" };
      const worst = losses.toSorted((a, b) => (b.redialMs ?? Infinity) - (a.redialMs ?? Infinity))[0];
      if (worst === undefined) {
        const message = `No fault took a connection from ${setting.client}, so there was nothing to reconnect.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { closed, redialMs, chanceMs, crash } = worst;
      const proof = [evidence(closed, closeText(closed))];
      if (redialMs !== null && redialMs <= options.within) {
        const message = `${setting.client} dialled again ${formatDuration(redialMs)} after ${closeText(closed)} at ${setting.date(closed.at)}.`;
        return { ...shape, verdict: "pass", measured: Math.round(redialMs), message, evidence: proof };
      }
      if (redialMs === null && crash === undefined && chanceMs < options.within) {
        const message = `Whether ${setting.client} reconnects could not be judged: it was stopped ${formatDuration(chanceMs)} after ${closeText(closed)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: redialMs === null ? null : Math.round(redialMs),
        message: blame(setting, options.within, worst),
        evidence: proof,
        ...(redialMs === null
          ? {}
          : { excuse: { fromAt: closed.at, toAt: closed.at + redialMs, latenessMs: redialMs - options.within } }),
      };
    },
  };
}

/**
 * Of each fault of an endpoint the first connection there that somebody else than the client ended, and each after which
 * the client did not dial in `neverMs`.
 */
function measuredLosses(journal: JournalView, neverMs: number): Lost[] {
  const losses = lossesOf(journal);
  return faultTimes(journal).flatMap(({ fault, endpoint, proof }) => {
    const lost = losses.flatMap((loss): Lost[] => {
      const { event: closed, steps } = loss;
      if (loss.fault !== fault || loss.endpoint !== endpoint || loss.how !== "closed") return [];
      if (closed.type !== "connection.closed") return [];
      const { openedAt } = steps;
      const stopAt = journal.first("client.stopping", () => true, closed.at)?.at ?? journal.endMs;
      const ended = crashFrom(journal, journal.events[proof]?.at ?? closed.at);
      return [
        {
          closed,
          // The server may hear of the end a little after the client has dialled.
          redialMs: openedAt === null || openedAt > stopAt ? null : Math.max(openedAt - closed.at, 0),
          chanceMs: stopAt - closed.at,
          crash: ended !== undefined && ended.at <= stopAt ? ended : undefined,
        },
      ];
    });
    return lost.filter(({ redialMs, chanceMs }, n) => n === 0 || (redialMs === null && chanceMs >= neverMs));
  });
}

const closeText = ({ by, code, connection }: Closed): string =>
  `the ${by} closed ${connection} with ${code}${code === 1000 ? " (OK)" : ""}`;

function blame(setting: Setting, within: number, { closed, redialMs, chanceMs, crash }: Lost): string {
  const seen =
    redialMs === null
      ? crash !== undefined
        ? `it ${exitText(crash, setting)}`
        : `it did not dial once in the ${formatDuration(chanceMs)} that it ran on`
      : `it took ${formatDuration(redialMs)}`;
  return `Expected ${setting.client} to dial again within ${formatDuration(within)} after ${closeText(closed)} at ${setting.date(closed.at)}; ${seen}. See journal line ${closed.seq}.`;
}
