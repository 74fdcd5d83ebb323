/** What a client has to show for a check to be asked of it, and what it means where it does not: for `needs` of a builder. */

import type { Evidence } from "../evidence/evidence.ts";
import { tradingRhythms } from "../evidence/orders/orders.ts";
import type { Report, TelemetryKind } from "../evidence/telemetry.ts";
import type { Missing } from "./judge-cases.ts";

export const notShown = (why: string): Missing => ({ verdict: "not-applicable", why });

/** Reports of a kind that say enough. A line that its schema does not fit is no silence: the check says what is wrong. */
export const telemetry =
  <K extends TelemetryKind>(kind: K, says: (data: Report<K>["data"]) => boolean = () => true) =>
  (evidence: Evidence): Missing | undefined => {
    const seen = evidence.reports(kind).some(({ data }) => says(data));
    return unreadable(evidence, kind) ?? (seen ? undefined : notShown(`it sends no telemetry "${kind}"`));
  };

function unreadable(evidence: Evidence, kind: TelemetryKind): Missing | undefined {
  const mistake = evidence.mistake(kind);
  return mistake === undefined ? undefined : { verdict: "unknown", why: mistake };
}

export const printedLines = (evidence: Evidence): Missing | undefined =>
  evidence.all("client.printed").length > 0 ? undefined : notShown("it printed nothing to stdout or stderr");

export const memorySamples = (evidence: Evidence): Missing | undefined =>
  evidence.memory().length > 0 ? undefined : notShown("this system does not show a process's memory");

/** A child process of that name. */
export const childProcess = (evidence: Evidence, { child }: { child: string }): Missing | undefined =>
  evidence.runners(child).length > 0 ? undefined : notShown(`its process ${child} was not seen`);

/** Of a kind where only silence would be wrong: whoever reports anything could have reported it. */
export const anyTelemetry =
  (kind: TelemetryKind) =>
  (evidence: Evidence): Missing | undefined =>
    evidence.all("client.telemetry").length === 0 ? notShown("it sends no telemetry") : unreadable(evidence, kind);

/** It trades of itself, and not only on a signal: it had before anything was wrong. */
export const tradesOfItself = (evidence: Evidence): Missing | undefined => {
  const wrong = [
    ...evidence.troubles().map(({ landedAt }) => landedAt),
    ...evidence.all("rule.hit").map(({ at }) => at),
  ];
  const firstMs = Math.min(...wrong);
  return tradingRhythms(evidence.journal, firstMs).size > 0
    ? undefined
    : notShown("it had not traded a symbol twice within a minute before anything was wrong");
};
