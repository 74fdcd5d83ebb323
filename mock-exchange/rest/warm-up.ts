/**
 * Answers once, for each symbol, what a client that polls asks first, so that it does not pay for it: the first look at a
 * symbol draws an hour of trades and days of candles, and twenty of them at once took the first second of a run, which at
 * x50 is most of a minute. It goes without a socket and is not journaled.
 */

import type { ExchangeState } from "../state.ts";
import { answer } from "./answer.ts";
import type { RestReply } from "./reply.ts";
import { gets } from "./rest-server.ts";

const polled: readonly (readonly [string, string])[] = [
  ["/v5/market/tickers", ""],
  ["/v5/market/orderbook", "&limit=50"],
  ["/v5/market/recent-trade", "&limit=1000"],
  ["/v5/market/open-interest", "&intervalTime=5min"],
  ...["1", "5", "15", "60"].map((interval) => ["/v5/market/kline", `&interval=${interval}&limit=120`] as const),
];

/** @returns What it answered. */
export const warmUpRest = (state: ExchangeState): RestReply[] =>
  state.symbols.flatMap((symbol) =>
    polled.map(([path, rest]) => {
      const route = gets.get(path);
      if (route === undefined) throw new Error(`nothing answers ${path} any more`);
      const rawQuery = `category=linear&symbol=${symbol}${rest}`;
      return answer({ route, headers: {}, rawQuery, rawBody: Buffer.alloc(0), ip: () => "" }, [], state);
    }),
  );
