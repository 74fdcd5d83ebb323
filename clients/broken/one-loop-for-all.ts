/** One loop does everything in turn: while it asks for a wave that does not come, tickers and books are not polled. */

import { setTimeout as sleep } from "node:timers/promises";
import { broken } from "../reference/parts.ts";
import { MarketData, type Book } from "../reference/polling/market-data.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";

/** Longer than from one question to the next: as long as it asks, it is busy. */
const busyMs = 4_000;
let busyUntil = -Infinity;

const turn = async (): Promise<void> => {
  while (Date.now() < busyUntil) await sleep(busyUntil - Date.now());
};

class Asking extends ReconnectingFeed {
  override request(): void {
    busyUntil = Date.now() + busyMs;
    super.request();
  }
}

class InTurn extends MarketData {
  override async ticker(symbol: string): Promise<number | undefined> {
    await turn();
    return super.ticker(symbol);
  }

  override async book(symbol: string): Promise<Book | undefined> {
    await turn();
    return super.book(symbol);
  }
}

export default broken("polls nothing while it asks for signals", {
  feed: (options) => new Asking(options),
  data: (rest) => new InTurn(rest),
});
