/**
 * Every signal of every wave has an order, or the exchange's last word why there is none: a refusal that time does not
 * mend, such as 110007. An order that was refused for the moment, or whose reply was lost, is no reason to leave it or
 * the rest of its wave. Judged from the wire; waves that were due while the client did not run are another check's.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { OrderWrite } from "../../evidence/orders/order-writes.ts";
import { deadlineMs, fairChanceMs, wavesDue } from "../../evidence/waves-due.ts";
import type { TradedSignal, Wave } from "../../evidence/waves.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";

/** Outside recv_window, too many visits, service restarting, a signature for another moment: over in a while. */
const passing = [10000, 10002, 10006, 10016, 10018, 10019, 10429];

export const accountsForEverySignal = atMost<object>("accounts-for-every-signal", {
  asks: "places an order for every signal, or has a refusal for good",
  unit: "signals",
  limit: () => 0,
  todo: "place an order for every signal of a wave, unless it was refused for good",
  unjudged: "no wave was due while the scenario ran",
  cases: (evidence) =>
    wavesDue(evidence)
      .filter(({ dueAt }) => evidence.hadToRun(dueAt, dueAt + fairChanceMs))
      .map((wave) => caseOf(evidence, wave)),
});

function caseOf(evidence: Evidence, wave: Wave) {
  const { signals, timestamp, dueAt } = wave;
  const writes = evidence.orderWrites();
  const open = signals.filter(({ orders }) => !orders.some(({ at }) => at < dueAt + deadlineMs));
  const refused = open.filter((signal) => writes.some((write) => isFinal(write, signal, dueAt)));
  const left = open.filter((signal) => !refused.includes(signal));
  const event = evidence.journal.first("signal.appeared", ({ signal }) => signal.timestamp === timestamp);
  if (event === undefined) throw new Error(`No signal of the wave ${timestamp} is in the journal.`);
  const what = `the first signal of wave ${timestamp}`;
  const names = left.map(({ signal: { side, symbol } }) => `${side} ${symbol}`).join(", ");
  const seen =
    left.length === 0
      ? `of the ${count(signals.length, "signal")} of wave ${timestamp} it placed ${signals.length - refused.length}, and ${refused.length} were refused for good`
      : `of the ${count(signals.length, "signal")} of wave ${timestamp} it left ${left.length} (${names})${lastWord(writes, left, dueAt)}`;
  // It may have appeared before the trial began.
  const at = Math.max(event.at, evidence.startMs());
  return { event, what, at, value: left.length, seen, more: [lineOf(event, what)] };
}

const isFor = ({ symbol, side, sentAt }: OrderWrite, { signal, appearedAt }: TradedSignal, dueAt: number): boolean =>
  symbol === signal.symbol && side === signal.side && sentAt >= appearedAt && sentAt < dueAt + deadlineMs;

const isFinal = (write: OrderWrite, signal: TradedSignal, dueAt: number): boolean =>
  isFor(write, signal, dueAt) && ![null, 0, ...passing].includes(write.retCode);

/** What the exchange said to the last of them. */
function lastWord(writes: readonly OrderWrite[], left: readonly TradedSignal[], dueAt: number): string {
  const last = writes.findLast((write) => left.some((signal) => isFor(write, signal, dueAt)));
  if (last === undefined) return "; it never sent them";
  return `; the last answer to one was ${last.answer.replace(/\.$/, "")}`;
}
