/** From a frame of the public stream to what a runner prints. */

import type { MarketEvent } from "./events.ts";

interface StreamFrame {
  topic?: string;
  ts?: number;
  data?: unknown;
}

interface Trade {
  T: number;
  s: string;
  S: "Buy" | "Sell";
  v: string;
  p: string;
}

/** Trades and best prices; nothing for acks, pongs and an empty book. */
export function marketEvents({ topic = "", ts = 0, data }: StreamFrame): MarketEvent[] {
  if (topic.startsWith("publicTrade.")) {
    return (data as readonly Trade[]).map(({ T, s, S, v, p }) => ({
      ...{ event: "trade", symbol: s, price: Number(p), size: Number(v), side: S, timeMs: T },
    }));
  }
  if (!topic.startsWith("orderbook.1.")) return [];
  const { s, b, a } = data as { s: string; b: readonly [string, string][]; a: readonly [string, string][] };
  const [[bid] = [], [ask] = []] = [b[0], a[0]];
  if (bid === undefined || ask === undefined) return [];
  return [{ event: "depth", symbol: s, bid: Number(bid), ask: Number(ask), timeMs: ts }];
}
