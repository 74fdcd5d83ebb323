/**
 * Which order belongs to which signal, from the servers' side only. An order whose `orderLinkId` holds a signal's id
 * is that signal's; otherwise it goes to the newest signal of the same symbol and side that had appeared, as it
 * looks from outside. Shared by the checks of waves and orders.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { minutes } from "../../core/units.ts";
import type { Signal } from "../../mock-signal-server/signal.ts";
import type { Setting } from "../incident/check.ts";
import type { Order } from "./orders/orders.ts";

export interface TradedSignal {
  signal: Signal;
  appearedAt: number;
  orders: Order[];
}

export interface Wave {
  /** ISO UTC. */
  timestamp: string;
  /** When a client looks for it: 20 min after the wave's own time. Incident ms since the start. */
  dueAt: number;
  /** Only the signals that this client has to trade. */
  signals: TradedSignal[];
}

/** The wave looked for at a check is the one of 20 min ago (report B, H3). */
export const lookBackMs = minutes(20);

export interface WaveOrders {
  waves: Wave[];
  /** Orders that no signal asked for. */
  stray: Order[];
}

export function waveOrders(journal: JournalView, setting: Setting): WaveOrders {
  const actionable = journal
    .all("signal.appeared")
    .filter(({ signal }) => signal.exchange === "bybit" && setting.symbols.includes(signal.symbol))
    .map(({ signal, at }): TradedSignal => ({ signal, appearedAt: at, orders: [] }));

  const stray: Order[] = [];
  for (const order of journal.all("exchange.order")) {
    const owner = ownerOf(order, actionable);
    if (owner === undefined) stray.push(order);
    else owner.orders.push(order);
  }

  const byWave = Map.groupBy(actionable, ({ signal }) => signal.timestamp);
  const waves = [...byWave].map(([timestamp, signals]) => ({
    timestamp,
    dueAt: Date.parse(timestamp) + lookBackMs - setting.startMs,
    signals,
  }));
  return { waves: waves.toSorted((a, b) => a.dueAt - b.dueAt), stray };
}

function ownerOf(order: Order, signals: readonly TradedSignal[]): TradedSignal | undefined {
  // The symbol too: the id of a BTCUSD signal is found in that of a BTCUSDT signal.
  const named = signals.find(({ signal }) => signal.symbol === order.symbol && order.orderLinkId.includes(signal.id));
  if (named !== undefined) return named;
  const fitting = signals.filter(
    ({ signal, appearedAt }) => signal.symbol === order.symbol && signal.side === order.side && appearedAt <= order.at,
  );
  // A client that catches up trades an older wave after the newest one.
  return fitting.findLast(({ orders }) => orders.length === 0 && isFresh(fitting, orders)) ?? fitting.at(-1);
}

/** Only the newest two candidates count as "not traded yet"; an hour-old signal is not what an order was meant for. */
const isFresh = (fitting: readonly TradedSignal[], orders: readonly Order[]): boolean =>
  fitting.slice(-2).some((candidate) => candidate.orders === orders);
