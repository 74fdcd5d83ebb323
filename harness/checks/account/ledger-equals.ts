/**
 * The client's own ledger is the exchange's: open orders, executions, positions. After a gap of its private stream that
 * took something from it, it is so again in time; where there was no such gap, it is so at the end. The client reports its
 * ledger by telemetry: `{"firedrill":"ledger","open":[…order ids],"executions":n,"net":{…},"positions":{…}}` whenever it
 * changes. News are on their way for a moment, so each part has to be what it was at the exchange at some time just before.
 * Of a client that reports none its later cancels and amendments are judged: who goes on asking for an order that had
 * ended long before does not know what it has. Amended quantities and option positions are not covered.
 */

import { count, formatDuration, seconds } from "../../../core/units.ts";
import { booksWithin, type Books } from "../../evidence/account.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { FaultSpan } from "../../evidence/faults.ts";
import { nameOfOrder } from "../../evidence/orders/orders.ts";
import type { Report } from "../../evidence/telemetry.ts";
import { lineOf } from "../../incident/check.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

/** A ledger that was right once must stay right: at the end this much is looked at. */
const finalMs = seconds(15);
const reported = telemetry("ledger");

export const ledgerEquals = within<{ within: number }>("ledger-equals", {
  asks: ({ within }) =>
    `has a ledger equal to the exchange's within ${formatDuration(within)} of a gap of its private stream, and at the end`,
  needs(evidence) {
    const missing = reported(evidence);
    if (missing?.verdict !== "not-applicable") return missing;
    if (evidence.orderChanges().length > 0) return undefined;
    return { ...missing, why: `${missing.why} and cancels or amends no order` };
  },
  todo: "have the exchange's ledger",
  unjudged: "nothing changed in its account",
  occasions(evidence, { within: withinMs }) {
    const gap = lastGap(evidence);
    const isReported = reported(evidence) === undefined;
    if (!isReported) return laterChanges(evidence, gap?.healedAt, withinMs);
    return gap === undefined ? atTheEnd(evidence, withinMs) : afterGap(evidence, gap);
  },
});

const changesIn = (evidence: Evidence, fromMs: number, toMs: number): number =>
  evidence.account().filter(({ fromAt }) => fromAt > fromMs && fromAt < toMs).length;

/** The last one in which something changed. */
const lastGap = (evidence: Evidence): FaultSpan | undefined =>
  evidence.faults("exchange-private").findLast(({ landedAt, healedAt }) => changesIn(evidence, landedAt, healedAt) > 0);

const travelledTo = (evidence: Evidence, { at }: Report<"ledger">): Books[] =>
  booksWithin(evidence.account(), at - evidence.tolerances.newsTravelMs, at);

/** Of the last reports none needs to be wrong but one: an order may be in the midst of it. */
function lastReports(evidence: Evidence, fromMs: number) {
  const after = evidence.reports("ledger").filter(({ at }) => at >= fromMs && at <= evidence.endMs());
  const last = after.at(-1);
  const wrong = (ledger: Report<"ledger">): string | undefined =>
    difference(ledger.data, travelledTo(evidence, ledger));
  const final = last === undefined ? [] : after.filter(({ at }) => at > last.at - finalMs);
  return { after, last, wrong, staysRight: final.some((ledger) => wrong(ledger) === undefined) };
}

function afterGap(evidence: Evidence, { healedAt: at, landedAt, what: fault, proven }: FaultSpan): Occasion[] {
  const { newsTravelMs } = evidence.tolerances;
  const { after, last, wrong, staysRight } = lastReports(evidence, at);
  const right = after.find((ledger) => wrong(ledger) === undefined);
  const missed = count(changesIn(evidence, landedAt, at), "change");
  const what = `${fault} was over, with ${missed} that it had missed,`;
  if (last === undefined) return [{ event: proven, what, at, until: undefined, seen: "it reported none after that" }];
  // Who was right and is behind in the end may have been held up.
  const behind = { fromAt: last.at - finalMs, toAt: last.at, latenessMs: newsTravelMs };
  return [
    {
      ...{ event: (right ?? last).event, what, at, until: staysRight ? right?.at : undefined },
      ...(staysRight ? {} : { seen: `at ${evidence.date(last.at)} ${wrong(last) ?? mostlyWrong}` }),
      // A ledger that is reported and was never right is the client's own, however late the machine was.
      ...(staysRight ? {} : { excuse: right === undefined ? null : behind }),
      more: [lineOf(last.event, "its last ledger")],
    },
  ];
}

const mostlyWrong = "it was wrong for the last quarter of a minute but once";

/** What it reported last has to be so then, and still when the time to report what changed since was over. */
function atTheEnd(evidence: Evidence, withinMs: number): Occasion[] {
  const endMs = evidence.endMs();
  const startMs = Math.max(evidence.startMs(), 0);
  const changes = evidence.account().filter(({ fromAt }) => fromAt > startMs && fromAt < endMs);
  const { last, wrong, staysRight } = lastReports(evidence, 0);
  if (changes.length === 0 || last === undefined) return [];
  const at = Math.max(startMs, last.at, endMs - withinMs);
  const what = `${count(changes.length, "change")} of its account`;
  const standing = difference(last.data, booksWithin(evidence.account(), at - evidence.tolerances.newsTravelMs, endMs));
  const isRight = staysRight && (last.at >= endMs - withinMs || standing === undefined);
  const seen = `the last that it reported, at ${evidence.date(last.at)}, was another: ${standing ?? wrong(last) ?? mostlyWrong}`;
  const excuse = { fromAt: last.at - finalMs, toAt: endMs, latenessMs: evidence.tolerances.newsTravelMs };
  return [
    {
      ...{ event: last.event, what, at, until: isRight ? at : undefined, by: Infinity },
      ...(isRight ? {} : { seen, excuse }),
    },
  ];
}

/** Black box: what it cancels and amends when it has had the time to know. */
function laterChanges(evidence: Evidence, overAt: number | undefined, withinMs: number): Occasion[] {
  const sinceMs = overAt === undefined ? -Infinity : overAt + withinMs;
  return evidence
    .orderChanges()
    .filter(({ sentAt }) => sentAt > sinceMs && sentAt <= evidence.endMs())
    .map(({ event, does, order, sentAt, isTooLate, ended }): Occasion => {
      const what = `it asked to ${does} ${order === undefined ? "an order" : nameOfOrder(order)}`;
      const isOld = isTooLate && ended !== undefined && sentAt - ended.at > withinMs;
      const seen = isOld ? { seen: `it had been ${ended.how} at ${evidence.date(ended.at)}` } : {};
      return { event, what, at: sentAt, until: isOld ? undefined : sentAt, by: Infinity, ...seen };
    });
}

/** What of a ledger was never so at the exchange in that time; undefined where it all was. */
function difference(data: Report<"ledger">["data"], books: readonly Books[]): string | undefined {
  const now = books.at(-1);
  const { open, executions, net, positions } = data;
  const is = (own: unknown, of: (books: Books) => unknown): boolean =>
    books.some((one) => canonical(own) === canonical(of(one)));
  if (!is(open.toSorted(), (one) => one.open))
    return `it had ${count(open.length, "open order")}, the exchange ${now?.open.length ?? 0} or others`;
  if (!is(executions, (one) => one.executions))
    return `it had counted ${executions} executions, the exchange ${now?.executions ?? 0}`;
  for (const [part, own] of Object.entries({ net, positions })) {
    if (!is(own, (one) => one.net)) return `its ${part} were ${canonical(own)}, the exchange's ${canonical(now?.net)}`;
  }
  return undefined;
}

/** The same text for the same content, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
  return `{${entries.map(([name, part]) => `${name}: ${JSON.stringify(part)}`).join(", ")}}`;
}
