/**
 * A dial that failed, whether it was refused or given up, is followed by another within a time, for as long as the
 * client runs. A client that stops after some tries is down for good, while its process looks well. Each failure needs a
 * dial of its own. Judged from the server's side.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { dialsOf, type Dial } from "./lib/dials.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";

export interface KeepsDiallingOptions {
  within: number;
  endpoint?: string;
}

interface Failure {
  dial: Dial;
  failedAt: number;
  /** Incident ms until the next dial; null where none came. */
  nextMs: number | null;
}

export function keepsDialling({ within, endpoint = "exchange-public" }: KeepsDiallingOptions): Check {
  return {
    name: "keeps-dialling",
    asks: `dials again within ${formatDuration(within)} of every dial that failed`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const endMs = clientEndMs(journal);
      const crash = crashFrom(journal, 0);
      const failures = failuresOf(journal, endpoint, endMs);
      const judged = failures.filter(
        ({ nextMs, failedAt }) => nextMs !== null || endMs - failedAt >= within || crash !== undefined,
      );
      const worst = judged.toSorted((a, b) => (b.nextMs ?? Infinity) - (a.nextMs ?? Infinity))[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} goes on dialling could not be judged: no dial of its to ${endpoint} failed, or it was stopped right after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { dial, failedAt, nextMs } = worst;
      const proof = [evidence(dial.dialled, `${dial.connection} was dialled, and failed`)];
      const measured = nextMs === null ? null : Math.round(nextMs);
      if (nextMs !== null && nextMs <= within) {
        const message = `${setting.client} dialled again after each of ${count(failures.length, "failed dial")}, at the latest after ${formatDuration(nextMs)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const never = crash === undefined ? `no dial came in the ${formatDuration(endMs - failedAt)} that it ran on` : `it ${exitText(crash, setting)}`; // prettier-ignore
      const seen = nextMs === null ? never : `it took ${formatDuration(nextMs)}`;
      const excuse = nextMs === null ? {} : { excuse: { fromAt: failedAt, toAt: failedAt + nextMs, latenessMs: nextMs - within } }; // prettier-ignore
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to dial again within ${formatDuration(within)} after ${dial.connection} ${dial.outcome === "refused" ? "was refused" : "was given up"} at ${setting.date(failedAt)}; ${seen}. See journal line ${dial.dialled.seq}.`,
        evidence: proof,
        ...excuse,
      };
    },
  };
}

function failuresOf(journal: JournalView, endpoint: string, endMs: number): Failure[] {
  const dials = dialsOf(journal, endpoint).filter(({ at }) => at <= endMs);
  const taken = new Set<Dial>();
  const failed = dials.filter(({ outcome, endedAt }) => {
    return (outcome === "refused" || outcome === "given-up") && endedAt !== undefined && endedAt <= endMs;
  });
  return failed
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    .map((dial) => {
      const failedAt = dial.endedAt ?? dial.at;
      const next = dials.find((one) => one.at > failedAt && !taken.has(one));
      if (next !== undefined) taken.add(next);
      return { dial, failedAt, nextMs: next === undefined ? null : next.at - failedAt };
    });
}
