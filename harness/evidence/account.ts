/**
 * The account as the exchange had it at each moment, from what it journaled: which orders were open, how many executions
 * there had been, and what they add up to by symbol.
 */

import type { JournalView } from "../../core/journal/view.ts";

export interface Books {
  /** From when on it was so. */
  fromAt: number;
  /** Order ids. */
  open: readonly string[];
  executions: number;
  /** Signed, by symbol; none where flat. */
  net: Readonly<Record<string, number>>;
}

/** One for each moment at which something changed, in order; the first is the empty account. */
export function booksOf(journal: JournalView): Books[] {
  const left = new Map<string, number>();
  const net = new Map<string, number>();
  let executions = 0;
  const history: Books[] = [{ fromAt: -Infinity, open: [], executions: 0, net: {} }];
  for (const event of journal.all("exchange.order", "exchange.execution", "exchange.cancel")) {
    const { orderId, at } = event;
    if (event.type === "exchange.order") left.set(orderId, Number(event.qty));
    else if (event.type === "exchange.cancel") left.delete(orderId);
    else {
      executions += 1;
      if (event.execType !== "Funding") {
        const qty = Number(event.qty);
        add(net, event.symbol, event.side === "Buy" ? qty : -qty);
        if (left.has(orderId)) add(left, orderId, -qty);
      }
    }
    const books: Books = {
      ...{ fromAt: at, executions },
      open: [...left]
        .filter(([, qty]) => qty > 0)
        .map(([id]) => id)
        .toSorted(),
      net: Object.fromEntries([...net].filter(([, size]) => size !== 0)),
    };
    if (history.at(-1)?.fromAt === at) history.pop();
    history.push(books);
  }
  return history;
}

/** The books as they were at some moment of that time. */
export const booksWithin = (history: readonly Books[], fromMs: number, toMs: number): Books[] =>
  history.filter(({ fromAt }, n) => fromAt <= toMs && (history[n + 1]?.fromAt ?? Infinity) > fromMs);

function add(sums: Map<string, number>, name: string, change: number): void {
  sums.set(name, Math.round(((sums.get(name) ?? 0) + change) * 1e8) / 1e8);
}
