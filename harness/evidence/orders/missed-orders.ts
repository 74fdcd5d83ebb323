/**
 * What missed waves cost: the orders that were not placed, what of them the exchange refused and why, and the money that
 * was not deployed, at what the client's orders usually came to. Usual is the median of what its orders executed for.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../evidence.ts";
import type { OrderWrite } from "./order-writes.ts";
import { deadlineMs } from "../waves-due.ts";
import type { TradedSignal, Wave } from "../waves.ts";

/** In words: "12 orders were not placed, some 300 USDT at its usual 25; 3 were refused: 110007 ab not enough". */
export function missedOrdersText(evidence: Evidence, waves: readonly Wave[]): string {
  const missed = waves.flatMap((wave) => wave.signals.filter((signal) => !isPlaced(signal, wave)));
  const usual = usualOrderValue(evidence);
  const rounded = (value: number): string => `${Number(value.toPrecision(2))}`;
  const money =
    usual === undefined ? "" : `, some ${rounded(usual * missed.length)} USDT at its usual ${rounded(usual)}`;
  const were = missed.length === 1 ? "was" : "were";
  return `${count(missed.length, "order")} ${were} not placed${money}${refusedText(refusalsOf(evidence, waves))}`;
}

const isPlaced = ({ orders }: TradedSignal, { dueAt }: Wave): boolean =>
  orders.some(({ at }) => at < dueAt + deadlineMs);

/** In the quote coin; undefined where none was executed. */
export function usualOrderValue(evidence: Evidence): number | undefined {
  const values = new Map<string, number>();
  for (const { orderId, execType, price, qty } of evidence.all("exchange.execution")) {
    if (execType === "Trade") values.set(orderId, (values.get(orderId) ?? 0) + Number(price) * Number(qty));
  }
  const sorted = [...values.values()].toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The last answer to each order that was not placed, where it was a refusal. */
function refusalsOf(evidence: Evidence, waves: readonly Wave[]): OrderWrite[] {
  return waves.flatMap((wave) =>
    wave.signals
      .filter((signal) => !isPlaced(signal, wave))
      .flatMap(({ signal, appearedAt }) => {
        const last = evidence.orderWrites().findLast(({ symbol, side, sentAt }) => {
          const isOf = symbol === signal.symbol && side === signal.side;
          return isOf && sentAt >= appearedAt && sentAt < wave.dueAt + deadlineMs;
        });
        return last === undefined || last.retCode === 0 || last.retCode === null ? [] : [last];
      }),
  );
}

function refusedText(refused: readonly OrderWrite[]): string {
  if (refused.length === 0) return "";
  const answers = [...Map.groupBy(refused, ({ answer }) => answer.replace(/\.$/, ""))];
  const times = answers.map(([answer, { length }]) => (answers.length === 1 ? answer : `${length} × ${answer}`));
  return `; ${refused.length} ${refused.length === 1 ? "was" : "were"} refused: ${times.join(", ")}`;
}
