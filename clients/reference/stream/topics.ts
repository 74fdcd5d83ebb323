/**
 * What is known of the topics by their names: what a symbol is watched by, which topics are books, and how much silence
 * each kind can rightly have.
 */

/** All that is wanted of a symbol. */
export const topicsOf = (symbol: string): string[] =>
  [`orderbook.50`, `orderbook.1`, `publicTrade`, `tickers`, `allLiquidation`].map((kind) => `${kind}.${symbol}`);

/** Whether a topic is an order book, and how deep. */
export function depthOf(topic: string): number | undefined {
  const [kind, depth] = topic.split(".");
  return kind === "orderbook" ? Number(depth) : undefined;
}

export interface Cadence {
  /** It greets a new subscriber with its state, so a subscription without a word has failed. */
  greets: boolean;
  /** Silence of so many times what is usual is abnormal. */
  factor: number;
  /** Silence that is normal whatever is usual, ms. */
  leastMs: number;
  /** Silence that is abnormal before it is known what is usual, ms; Infinity where it may be right for ever. */
  unknownMs: number;
}

/** A thin market's book or ticker may not change for hours. */
const regular: Cadence = { greets: true, factor: 3, leastMs: 10_000, unknownMs: Infinity };
/** Sent again after 3 s without a change, so 10 s of silence are abnormal; a timer that is late must still be in time. */
const repeated: Cadence = { ...regular, leastMs: 8_000, unknownMs: 60_000 };
/** Trades come when somebody trades: at random, so a pause of many times the usual one says something. */
const irregular: Cadence = { greets: false, factor: 15, leastMs: 30_000, unknownMs: Infinity };

/** Undefined for topics that may say nothing all day, such as liquidations. */
export function cadenceOf(topic: string): Cadence | undefined {
  const [kind, depth] = topic.split(".");
  if (kind === "orderbook") return depth === "1" ? repeated : regular;
  if (kind === "tickers" || kind === "kline") return regular;
  return kind === "publicTrade" ? irregular : undefined;
}
