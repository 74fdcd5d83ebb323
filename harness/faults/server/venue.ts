/**
 * The venue itself: contracts stop trading until the heal (and may come back with a coarser tick), or their market is
 * reset, which voids every open order. A halt lands when the client meets it: an order of its that is refused, or
 * instruments that it reads; a reset, with the first orders of the client's that it voids.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import { coarsenTick, halt, resetMarket, resume } from "../../../mock-exchange/engine/halts.ts";
import { faultKind } from "../../incident/fault.ts";

export type VenueOptions = { symbols?: readonly string[] } & (
  | {
      do: "halt";
      /** So many of the ticks of before are one from the halt on, and remain it. */
      tickTimes?: number;
    }
  | { do: "reset" }
);

const category = "linear";
const notLive = 110074;
const instruments = "/v5/market/instruments-info";

export default faultKind<VenueOptions>({
  kind: "server.venue",
  summary: "the venue halts contracts, gives them another tick, or resets their market and voids open orders",
  does: (options) => options.do,
  endpoint: "exchange-rest",
  awaits: (options) =>
    options.do === "halt"
      ? "an order of the client for a halted contract, or a look of it at the instruments"
      : "an open order of the client in a contract that is reset",
  arm({ testbed }, options) {
    const { engine, symbols: all } = testbed.exchange.state;
    const { symbols = all } = options;
    const each = (deed: (account: typeof engine.account, symbol: string) => unknown): void =>
      engine.change((account) => symbols.forEach((symbol) => void deed(account, symbol)));
    if (options.do === "reset") {
      each((account, symbol) => resetMarket(account, category, symbol));
      return { landing: voided, heal: () => undefined };
    }
    const { tickTimes } = options;
    each((account, symbol) => halt(account, category, symbol));
    if (tickTimes !== undefined) each((account, symbol) => coarsenTick(account, category, symbol, tickTimes));
    return { landing: metHalt, heal: () => each((account, symbol) => resume(account, category, symbol)) };
  },
});

function voided(event: JournalEvent): string | undefined {
  if (event.type !== "exchange.market-reset" || event.cancelled === 0) return undefined;
  return `the market of ${event.symbol} was reset: ${event.cancelled} of its open orders were voided`;
}

function metHalt(event: JournalEvent): string | undefined {
  if (event.type === "exchange.stream-request" && event.text.startsWith(`${notLive}`))
    return `${event.connection}: an order was refused with ${event.text}`;
  if (event.type !== "exchange.request") return undefined;
  if (event.retCode === notLive) return `${event.connection}: an order was refused with ${notLive} ${event.retMsg}`;
  return event.path === instruments && event.retCode === 0
    ? `${event.connection}: it read which contracts trade`
    : undefined;
}
