/**
 * After a gap of its private stream the client's own ledger is the exchange's again: open orders, executions, positions.
 * Only the client can report its ledger, by telemetry: `{"firedrill":"ledger","open":[…order ids],"executions":n,
 * "net":{…},"positions":{…}}` whenever it changes. News are on their way for a moment, so each part has to be what it was
 * at the exchange at some time just before. Amended quantities and option positions are not covered.
 */

import { count, formatDuration, seconds } from "../../../core/units.ts";
import { booksWithin, type Books } from "../../evidence/account.ts";
import type { Report } from "../../evidence/telemetry.ts";
import { lineOf } from "../../incident/check.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";

/** A ledger that was right once must stay right: at the end this much is looked at. */
const finalMs = seconds(15);

export const ledgerEquals = within<{ within: number }>("ledger-equals", {
  asks: ({ within }) =>
    `has a ledger equal to the exchange's within ${formatDuration(within)} of a gap of its private stream`,
  needs: telemetry("ledger"),
  todo: "have the exchange's ledger",
  unjudged: "no order changed while its private stream was down",
  occasions(evidence) {
    const { newsTravelMs } = evidence.tolerances;
    const history = evidence.account();
    const changes = (fromMs: number, toMs: number): number =>
      history.filter(({ fromAt }) => fromAt > fromMs && fromAt < toMs).length;
    const gap = evidence
      .faults("exchange-private")
      .findLast(({ landedAt, healedAt }) => changes(landedAt, healedAt) > 0);
    if (gap === undefined) return [];
    const { healedAt: at, landedAt, what: fault } = gap;
    const differs = (ledger: Report<"ledger">): string | undefined =>
      difference(ledger.data, booksWithin(history, ledger.at - newsTravelMs, ledger.at));
    const after = evidence.reports("ledger").filter((ledger) => ledger.at >= at && ledger.at <= evidence.endMs());
    const right = after.find((ledger) => differs(ledger) === undefined);
    const last = after.at(-1);
    const what = `${fault} was over, with ${count(changes(landedAt, at), "change")} that it had missed,`;
    if (last === undefined)
      return [{ event: gap.proven, what, at, until: undefined, seen: "it reported none after that" }];
    const final = after.filter((ledger) => ledger.at > last.at - finalMs);
    const staysRight = final.some((ledger) => differs(ledger) === undefined);
    const wrong = differs(last) ?? "it was wrong for the last quarter of a minute but once";
    // Who was right and is behind in the end may have been held up.
    const behind = { fromAt: last.at - finalMs, toAt: last.at, latenessMs: newsTravelMs };
    return [
      {
        ...{ event: (right ?? last).event, what, at, until: staysRight ? right?.at : undefined },
        ...(staysRight ? {} : { seen: `at ${evidence.date(last.at)} ${wrong}` }),
        // A ledger that is reported and was never right is the client's own, however late the machine was.
        ...(staysRight ? {} : { excuse: right === undefined ? null : behind }),
        more: [lineOf(last.event, "its last ledger")],
      },
    ];
  },
});

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
