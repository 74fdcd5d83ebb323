/**
 * After a gap of its private stream the client's own ledger is the exchange's again: open orders, executions, positions.
 * Only the client can tell its ledger, by telemetry: `{"firedrill":"ledger","open":[…order ids],"executions":n,
 * "net":{…},"positions":{…}}` whenever it changes. News are on their way for a moment, so each part has to be what it was
 * at the exchange at some time just before. Amended quantities and option positions are not covered.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import { count, formatDuration, seconds } from "../../core/units.ts";
import { evidence, type Check, type Judgement, type Setting } from "../check.ts";
import { booksOf, booksWithin, type Books } from "./lib/exchange-books.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";

type Telemetry = JournalEvent<"client.telemetry">;

const endpoint = "exchange-private";
/** How far a ledger may be behind the exchange: news travel, and it is told once a second. */
const behindMs = ({ compression }: Setting): number => Math.max(seconds(2), 100 * compression);
/** A ledger that was right once must stay right: at the end this much is looked at. */
const finalMs = seconds(15);

export function ledgerEquals({ within }: { within: number }): Check {
  return {
    name: "ledger-equals",
    asks: `has a ledger equal to the exchange's within ${formatDuration(within)} of a gap of its private stream`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const told = journal.all("client.telemetry").filter(({ event }) => event === "ledger");
      if (told.length === 0) {
        const message = `${client} does not tell its ledger, so it cannot be compared: it would by telemetry "ledger".`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const history = booksOf(journal);
      const gaps = faultTimes(journal).filter(
        (fault) => fault.endpoint === endpoint && changesWithin(history, fault.landedAt, fault.healedAt) > 0,
      );
      const gap = gaps.at(-1);
      const endMs = clientEndMs(journal);
      if (gap === undefined || endMs - gap.healedAt < within) {
        const why =
          gap === undefined ? "no order changed while its private stream was down" : "it was stopped too soon after";
        const message = `Whether ${client} finds out what it missed could not be judged: ${why}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const differs = (ledger: Telemetry): string | undefined =>
        difference(ledger, booksWithin(history, ledger.at - behindMs(setting), ledger.at));
      const after = told.filter(({ at }) => at >= gap.healedAt && at <= endMs);
      const right = after.find((ledger) => differs(ledger) === undefined);
      const last = after.at(-1);
      const final = after.filter(({ at }) => last !== undefined && at > last.at - finalMs);
      const staysRight = final.some((ledger) => differs(ledger) === undefined);
      const when = `the gap that ended at ${setting.date(gap.healedAt)}`;
      const missed = count(changesWithin(history, gap.landedAt, gap.healedAt), "change");
      const measured = right === undefined ? null : Math.round(right.at - gap.healedAt);
      if (right !== undefined && right.at - gap.healedAt <= within && staysRight) {
        const message = `${client} knew of the ${missed} that it had missed ${formatDuration(right.at - gap.healedAt)} after ${when}, and its ledger stayed right.`;
        return { ...shape, verdict: "pass", measured, message, evidence: [evidence(right, "a ledger that is right")] };
      }
      const expected = `Expected ${client}'s ledger to equal the exchange's within ${formatDuration(within)} of ${when}, with ${missed} that it had missed`;
      if (last === undefined) {
        const message = `${expected}; it told none after that. See journal line ${gap.proof}.`;
        return { ...shape, verdict: "fail", measured: null, message, evidence: [] };
      }
      const wrong =
        right !== undefined && staysRight
          ? `it did after ${formatDuration(measured ?? 0)}`
          : (differs(last) ?? "it was wrong for the last quarter of a minute but once");
      const message = `${expected}; at ${setting.date(last.at)} ${wrong}. See journal line ${last.seq}.`;
      const lateMs = right === undefined ? 0 : right.at - gap.healedAt - within;
      // Who was right and is behind in the end may have been held up.
      const behind = { fromAt: last.at - finalMs, toAt: last.at, latenessMs: behindMs(setting) };
      const excuse =
        right === undefined
          ? {}
          : { excuse: staysRight ? { fromAt: gap.healedAt, toAt: right.at, latenessMs: lateMs } : behind };
      return {
        ...shape,
        verdict: "fail",
        measured,
        message,
        evidence: [evidence(last, "a ledger that is wrong")],
        ...excuse,
      };
    },
  };
}

const changesWithin = (history: readonly Books[], fromMs: number, toMs: number): number =>
  history.filter(({ fromAt }) => fromAt > fromMs && fromAt < toMs).length;

/** What of a ledger was never so at the exchange in that time; undefined where it all was. */
function difference({ data }: Telemetry, books: readonly Books[]): string | undefined {
  const now = books.at(-1);
  const open = Array.isArray(data.open) ? (data.open as readonly string[]) : [];
  const is = (own: unknown, of: (books: Books) => unknown): boolean =>
    books.some((one) => canonical(own) === canonical(of(one)));
  if (!is(open.toSorted(), (one) => one.open))
    return `it had ${count(open.length, "open order")}, the exchange ${now?.open.length ?? 0} or others`;
  if (!is(data.executions, (one) => one.executions))
    return `it had counted ${String(data.executions)} executions, the exchange ${now?.executions ?? 0}`;
  for (const part of ["net", "positions"]) {
    if (!is(data[part], (one) => one.net))
      return `its ${part} were ${canonical(data[part])}, the exchange's ${canonical(now?.net)}`;
  }
  return undefined;
}

/** The same text for the same content, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
  return `{${entries.map(([name, part]) => `${name}: ${JSON.stringify(part)}`).join(", ")}}`;
}
