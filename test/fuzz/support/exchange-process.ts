/**
 * The exchange under fuzz, as a process of its own: a crash is an exit that the test sees, and the memory is that of
 * the exchange alone. Its clock stands still, so a case has the same bytes and the same answer at every replay, and
 * rate limits never roll on. Its journal forgets: a real one keeps every event, which is its business and would hide
 * whatever else grows.
 */

import { incidentClock, type Clock } from "../../../core/clock.ts";
import type { JournalEvent, JournalSink } from "../../../core/journal/event.ts";
import { random } from "../../../core/random.ts";
import { startExchange, type Exchange } from "../../../mock-exchange/server.ts";
import { keys, startMs, type Ask, type Ports } from "./stage.ts";

const clock: Clock = {
  ...incidentClock({ start: startMs, compression: 1 }),
  now: () => startMs,
  elapsed: () => 0,
};
let written = 0;
const journal: JournalSink = {
  write: (type, data) => ({ seq: (written += 1), at: 0, type, ...data }) as unknown as JournalEvent<typeof type>,
};
const open = (limited: boolean): Promise<Exchange> =>
  startExchange({ clock, journal, keys, symbols: [], random: random("fuzz"), limited });

const [free, limited] = await Promise.all([open(false), open(true)]);
const portsOf = ({ port, publicPort, privatePort, tradePort }: Exchange): Ports => ({
  ...{ rest: port, public: publicPort, private: privatePort, trade: tradePort },
});

/** Everything that an order, a transfer or a setting would change. */
function books({ state: { engine } }: Exchange): string {
  const { orders, wallet, positions, executions, transfers, settings, closedPnl } = engine.account;
  return JSON.stringify({
    orders: orders.newestFirst().length,
    executions: executions.size,
    transactions: wallet.newestFirst().length,
    closed: closedPnl.newestFirst().length,
    transfers: transfers.size,
    balances: wallet.coins.map((coin) => [coin, wallet.balance(coin).toFixed()]),
    positions: positions.open().map(({ symbol, size }) => [symbol, size.toFixed()]),
    settings,
  });
}

/** Twice: what the first collection finalises the second one frees. */
function heapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

process.on("message", (ask: Ask) => {
  process.send?.(ask === "heap" ? heapBytes() : [books(free), books(limited)]);
});
process.on("disconnect", () => process.exit(0));
process.send?.({ free: portsOf(free), limited: portsOf(limited) });
