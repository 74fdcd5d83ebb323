/**
 * What became of every signal and every order of one play, for the sums of `main.ts`. A signal is filled, refused for good,
 * skipped because it is for somebody else, or missed, with the reason why: the bot was stopped, a fault was on, or no reason
 * at all, which no conserving client has.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { Evidence } from "../../harness/evidence/evidence.ts";
import { deadlineMs, fairChanceMs, wavesDue } from "../../harness/evidence/waves-due.ts";
import type { TradedSignal, Wave } from "../../harness/evidence/waves.ts";
import type { Setting } from "../../harness/incident/check.ts";

export interface Totals {
  plays: number;
  signals: number;
  filled: number;
  refused: number;
  skipped: number;
  missedStopped: number;
  missedInFault: number;
  missedWithoutReason: number;
  accepted: number;
  /** More than one accepted order for a signal. */
  twice: number;
  stray: number;
  /** Orders that the client says it placed, where it says so, less those that the exchange accepted. */
  reportedTooMany: number;
  executions: number;
  /** By code and words, how often. */
  refusals: Record<string, number>;
}

export const nothing = (): Totals => ({
  ...{ plays: 0, signals: 0, filled: 0, refused: 0, skipped: 0 },
  ...{ missedStopped: 0, missedInFault: 0, missedWithoutReason: 0 },
  ...{ accepted: 0, twice: 0, stray: 0, reportedTooMany: 0, executions: 0, refusals: {} },
});

export function totalsOf(journal: JournalView, setting: Setting): Totals {
  const evidence = new Evidence(journal, setting);
  const totals = { ...nothing(), plays: 1 };
  for (const wave of wavesDue(evidence)) for (const signal of wave.signals) count(totals, evidence, wave, signal);
  totals.skipped = skippedIn(evidence);
  totals.signals += totals.skipped;
  totals.accepted = evidence.all("exchange.order").length;
  totals.executions = evidence.all("exchange.execution").length;
  const hasSignals = evidence.all("signal.appeared").length > 0;
  const { waves, stray } = evidence.waves();
  totals.twice = waves.flatMap(({ signals }) => signals).filter(({ orders }) => orders.length > 1).length;
  totals.stray = hasSignals ? stray.length : 0;
  totals.reportedTooMany = hasSignals ? reportedTooMany(evidence) : 0;
  for (const { retCode, answer } of evidence.orderWrites()) {
    if (retCode !== null && retCode !== 0) totals.refusals[answer] = (totals.refusals[answer] ?? 0) + 1;
  }
  return totals;
}

function count(
  totals: Totals,
  evidence: Evidence,
  { dueAt }: Wave,
  { signal, orders, appearedAt }: TradedSignal,
): void {
  totals.signals += 1;
  if (orders.some(({ at }) => at < dueAt + deadlineMs)) totals.filled += 1;
  else if (isRefused(evidence, signal, appearedAt)) totals.refused += 1;
  else if (!evidence.hadToRun(dueAt, dueAt + fairChanceMs)) totals.missedStopped += 1;
  else if (evidence.faults().some(({ landedAt, overAt }) => landedAt <= dueAt + fairChanceMs && overAt >= appearedAt))
    totals.missedInFault += 1;
  else totals.missedWithoutReason += 1;
}

const isRefused = (evidence: Evidence, { symbol, side }: TradedSignal["signal"], sinceMs: number): boolean =>
  evidence
    .orderWrites()
    .some(
      (write) =>
        write.symbol === symbol && write.side === side && write.sentAt >= sinceMs && (write.retCode ?? 0) !== 0,
    );

/** For another exchange, or of a symbol that the client does not have. */
const skippedIn = (evidence: Evidence): number =>
  evidence
    .all("signal.appeared")
    .filter(({ signal }) => signal.exchange !== "bybit" || !evidence.setting.symbols.includes(signal.symbol)).length;

/** The reference says of each wave how many of its orders were placed. */
function reportedTooMany(evidence: Evidence): number {
  const waves = evidence.all("client.telemetry").filter(({ event }) => event === "wave");
  const reported = waves.reduce((sum, { data }) => sum + ((data as { successful?: number }).successful ?? 0), 0);
  return waves.length === 0 ? 0 : Math.max(reported - evidence.all("exchange.order").length, 0);
}

export function add(to: Totals, more: Totals): void {
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === "number") (to as unknown as Record<string, number>)[name] = to[name as "plays"] + value;
  }
  for (const [answer, times] of Object.entries(more.refusals)) to.refusals[answer] = (to.refusals[answer] ?? 0) + times;
}

/** What must not be, in words. */
export const violationsIn = ({ twice, stray, reportedTooMany, missedWithoutReason }: Totals): string[] =>
  Object.entries({ twice, stray, reportedTooMany, missedWithoutReason }).flatMap(([what, times]) =>
    times === 0 ? [] : [`${what} ${times}`],
  );
