/**
 * A client whose market data are dead says so within a time, and says when it is well again: health is the freshness of
 * data and not that a process lives. It needs telemetry: `{"firedrill":"health","status":"ok" | anything else}`.
 */

import { formatDuration } from "../../core/units.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";

export interface ReportsDegradedOptions {
  within: number;
  endpoint?: string;
}

export function reportsDegraded({ within, endpoint = "exchange-public" }: ReportsDegradedOptions): Check {
  return {
    name: "reports-degraded",
    asks: `says that it is not well within ${formatDuration(within)} of the death of its data`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const told = journal.all("client.telemetry").filter(({ event }) => event === "health");
      if (told.length === 0) {
        const message = `Whether ${setting.client} knows that it is not well cannot be seen: it tells nothing of its health (telemetry "health").`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const endMs = clientEndMs(journal);
      const reports = faultTimes(journal)
        .filter((fault) => fault.endpoint === endpoint && Math.min(fault.healedAt, endMs) - fault.landedAt >= within)
        .map((fault) => ({ fault, report: degradedFrom(told, fault.landedAt, fault.healedAt) }));
      const silent = reports.find(({ report }) => report === undefined);
      const late = reports.toSorted((a, b) => afterMs(b) - afterMs(a))[0];
      const worst = silent ?? late;
      if (worst === undefined) {
        const message = `Whether ${setting.client} says that it is not well could not be judged: its data were not dead for ${formatDuration(within)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { fault, report } = worst;
      const measured = report === undefined ? null : Math.round(afterMs(worst));
      const proof = [{ seq: fault.proof, at: fault.landedAt, what: `${fault.what} hit` }, ...(report === undefined ? [] : [evidence(report, "it said so")])]; // prettier-ignore
      if (measured !== null && measured <= within) {
        const message = `${setting.client} said that it was not well ${formatDuration(measured)} after its data died.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = measured === null ? `it never did in the ${formatDuration(Math.min(fault.healedAt, endMs) - fault.landedAt)} that they were dead` : `it took ${formatDuration(measured)}`; // prettier-ignore
      const excuse = measured === null ? {} : { excuse: { fromAt: fault.landedAt, toAt: fault.landedAt + measured, latenessMs: measured - within } }; // prettier-ignore
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to say that it is not well within ${formatDuration(within)} after its data died at ${setting.date(fault.landedAt)}; ${seen}. The fault is journal line ${fault.proof}.`,
        evidence: proof,
        ...excuse,
      };
    },
  };
}

type Told = JournalEvent<"client.telemetry">;

/** A client may also tell its health again and again; one that was not well before has to say nothing new. */
function degradedFrom(told: readonly Told[], fromMs: number, toMs: number): Told | undefined {
  const before = told.findLast(({ at }) => at <= fromMs);
  if (before !== undefined && before.data.status !== "ok") return before;
  return told.find(({ at, data }) => at > fromMs && at <= toMs && data.status !== "ok");
}

const afterMs = ({ fault, report }: { fault: { landedAt: number }; report: Told | undefined }): number =>
  Math.max((report?.at ?? fault.landedAt) - fault.landedAt, 0);
