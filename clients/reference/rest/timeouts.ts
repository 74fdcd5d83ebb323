/** How long each operation may take, from the moment it is sent: what is large or slow by nature gets longer. */

export type Timeouts = (path: string) => number | undefined;

const byPath: readonly (readonly [RegExp, number])[] = [
  [/^\/v5\/market\/tickers/, 10_000],
  [/^\/v5\/market\/(orderbook|rpi_orderbook)/, 15_000],
  [/^\/v5\/market\/recent-trade/, 20_000],
  [/^\/v5\/market\/.*kline/, 30_000],
];
const otherMs = 10_000;

export const timeoutByOperation: Timeouts = (path) => byPath.find(([pattern]) => pattern.test(path))?.[1] ?? otherMs;
