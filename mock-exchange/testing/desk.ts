/** For tests of the engine alone: an engine on a plain market, with the loop's next turn in the test's hand. */

import { incidentClock, type Clock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { random } from "../../core/random.ts";
import { createEngine, type Engine } from "../engine/engine.ts";
import type { Push } from "../engine/outbox.ts";
import { plainInstrument, plainMarket, type PlainMarket } from "../engine/plain-market.ts";
import create from "../order-entry/operations/create.ts";

export interface Desk {
  readonly engine: Engine;
  readonly market: PlainMarket;
  readonly journal: Journal;
  readonly pushes: Push[];
  /** Places an order as a client would; returns its id. */
  place(order: Record<string, unknown>): string;
  /** What was put off to the next turn of the loop. */
  turn(): void;
  close(): void;
}

/** A clock that stands still: what happens does not depend on how fast the machine is. */
const stillClock = (): Clock => {
  const clock = incidentClock({ start: "2026-01-01T00:30:00Z", compression: 1 });
  return { ...clock, now: () => clock.startMs, elapsed: () => 0 };
};

export function openDesk(seed = "desk", balances?: Record<string, string>, keptRows?: number): Desk {
  const clock = stillClock();
  const journal = new Journal(clock);
  const contracts = [
    plainInstrument("linear", "BTCUSDT"),
    plainInstrument("linear", "ETHUSDT"),
    plainInstrument("inverse", "BTCUSD"),
    plainInstrument("spot", "BTCUSDT"),
  ];
  const market = plainMarket(contracts, { nowMs: () => clock.now(), lastPrice: "1000" });
  const waiting: (() => void)[] = [];
  const engine = createEngine({
    ...{ market, clock, journal, random: random(seed), defer: (callback) => void waiting.push(callback) },
    ...(balances === undefined ? {} : { balances }),
    ...(keptRows === undefined ? {} : { keptRows }),
  });
  const pushes: Push[] = [];
  engine.account.outbox.onPush((push) => pushes.push(push));
  return {
    engine,
    market,
    journal,
    pushes,
    place: (order) => String(create.run({ category: "linear", symbol: "BTCUSDT", ...order }, engine, 1).result.orderId),
    turn() {
      for (const callback of waiting.splice(0)) callback();
    },
    close: () => engine.close(),
  };
}
