/**
 * How fast signals became orders, from the servers' side. A client that trades a signal as soon as it comes is measured from
 * there; one on the wave grid, from the check of its wave, or from the signal where that came later. Which of the two it is
 * shows in its orders: one before its wave's check is not of the grid.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Evidence } from "../evidence.ts";
import type { Order } from "./orders.ts";
import { fairChanceMs, wavesDue } from "../waves-due.ts";
import type { TradedSignal, Wave } from "../waves.ts";

export interface SignalOrder {
  wave: Wave;
  signal: TradedSignal["signal"];
  appeared: JournalEvent<"signal.appeared">;
  /** From when on it could be traded. */
  fromAt: number;
  /** The first; undefined where there is none. */
  order: Order | undefined;
}

/** Of the waves that were due while the client had to run. */
export function signalOrdersOf(evidence: Evidence): SignalOrder[] {
  const waves = wavesDue(evidence).filter(({ dueAt }) => evidence.hadToRun(dueAt, dueAt + fairChanceMs));
  const atOnce = waves.some(({ signals, dueAt }) => signals.some(({ orders }) => orders.some(({ at }) => at < dueAt)));
  return waves.flatMap((wave) =>
    wave.signals.flatMap(({ signal, appearedAt, orders }) => {
      const appeared = evidence.journal.first("signal.appeared", (event) => event.signal.id === signal.id);
      if (appeared === undefined) return [];
      const fromAt = atOnce ? appearedAt : Math.max(appearedAt, wave.dueAt);
      return [{ wave, signal, appeared, fromAt, order: orders[0] }];
    }),
  );
}

export interface WaveOrders {
  timestamp: string;
  /** The last of its signals. */
  event: JournalEvent<"signal.appeared">;
  fromAt: number;
  /** When the exchange had accepted an order for each signal, and when each was answered; undefined where one never was. */
  orderedAt: number | undefined;
  answeredAt: number | undefined;
}

/** Wave by wave; a client that was not answered what became of an order has not finished it. */
export function waveOrdersOf(evidence: Evidence): WaveOrders[] {
  const answers = new Map(
    evidence.orderWrites().map(({ accepted, endedAt, retCode }) => [accepted, retCode === null ? undefined : endedAt]),
  );
  const byWave = Map.groupBy(signalOrdersOf(evidence), ({ wave }) => wave);
  return [...byWave].flatMap(([{ timestamp }, orders]) => {
    const event = orders.map(({ appeared }) => appeared).toSorted((a, b) => b.at - a.at)[0];
    if (event === undefined) return [];
    const last = (moments: readonly (number | undefined)[]): number | undefined =>
      moments.includes(undefined) ? undefined : Math.max(...moments.map((moment) => moment ?? 0));
    return {
      ...{ timestamp, event, fromAt: Math.max(...orders.map(({ fromAt }) => fromAt)) },
      orderedAt: last(orders.map(({ order }) => order?.at)),
      answeredAt: last(orders.map(({ order }) => answers.get(order))),
    };
  });
}
