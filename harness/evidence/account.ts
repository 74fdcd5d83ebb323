/**
 * The account as the exchange had it at each moment, from what it journaled: which orders were open, how many executions
 * there had been, and what they add up to by symbol. Of a trial, from what stood at its start.
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

/** The account at the end of a journal, for one that goes on from there. */
export interface StandingAccount {
  /** What is left of each open order, by its id. */
  left: Readonly<Record<string, number>>;
  executions: number;
  net: Readonly<Record<string, number>>;
}

/** One for each moment at which something changed, in order; the first is the account at the start. */
export const booksOf = (journal: JournalView): Books[] => follow(journal).history;

export function standingAccount(journal: JournalView): StandingAccount {
  const { left, net, history } = follow(journal);
  const open = [...left].filter(([, qty]) => qty > 0);
  return {
    left: Object.fromEntries(open),
    executions: history.at(-1)?.executions ?? 0,
    net: Object.fromEntries(net),
  };
}

function follow(journal: JournalView) {
  const start = journal.first("trial.started")?.account ?? { left: {}, executions: 0, net: {} };
  const left = new Map(Object.entries(start.left));
  const net = new Map(Object.entries(start.net));
  let { executions } = start;
  const booksAt = (fromAt: number): Books => ({
    ...{ fromAt, executions },
    open: [...left]
      .filter(([, qty]) => qty > 0)
      .map(([id]) => id)
      .toSorted(),
    net: Object.fromEntries([...net].filter(([, size]) => size !== 0)),
  });
  const history: Books[] = [booksAt(-Infinity)];
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
    if (history.at(-1)?.fromAt === at) history.pop();
    history.push(booksAt(at));
  }
  return { left, net, history };
}

/** The books as they were at some moment of that time. */
export const booksWithin = (history: readonly Books[], fromMs: number, toMs: number): Books[] =>
  history.filter(({ fromAt }, n) => fromAt <= toMs && (history[n + 1]?.fromAt ?? Infinity) > fromMs);

function add(sums: Map<string, number>, name: string, change: number): void {
  sums.set(name, Math.round(((sums.get(name) ?? 0) + change) * 1e8) / 1e8);
}
