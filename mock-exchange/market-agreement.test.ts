/** What the exchange publishes of one market agrees with itself: across topics, with REST, and from one hour to the next. */

import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { incidentClock, type Clock } from "../core/clock.ts";
import { Journal } from "../core/journal/journal.ts";
import { startExchange, type Exchange } from "./server.ts";
import { PublicClient, type Json } from "./testing/public-client.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** @param marketStepMs Coarse where the clock is fast, or these tests would have the machine busy. */
async function opened(
  start: string,
  compression: number,
  marketStepMs?: number,
): Promise<{ exchange: Exchange; clock: Clock }> {
  const clock = incidentClock({ start, compression });
  const exchange = await startExchange({ clock, journal: new Journal(clock), symbols: [], keys: [], marketStepMs });
  closers.push(() => exchange.close());
  return { exchange, clock };
}

async function subscribed(exchange: Exchange, category: string, args: string[]): Promise<PublicClient> {
  const client = new PublicClient(`${exchange.publicUrl}/v5/public/${category}`);
  closers.push(() => client.ws.terminate());
  await once(client.ws, "open");
  client.send({ op: "subscribe", args });
  return client;
}

const get = async ({ restUrl }: Exchange, path: string): Promise<Json & { list: Json[] }> =>
  ((await (await fetch(`${restUrl}/v5/market/${path}`)).json()) as { result: Json & { list: Json[] } }).result;

const topicsOf = (symbol: string): string[] =>
  ["tickers", "orderbook.1", "publicTrade", "kline.1", "kline.60"].map((kind) => `${kind}.${symbol}`);

/** Everything that was known of a market at one moment. */
interface Moment {
  ts: number;
  ticker: Record<string, string>;
  book?: { b: string[][]; a: string[][] };
  trade?: { p: string; L?: string };
  candles: Record<string, { close: string; confirm: boolean }>;
}

/** The moments of a stream, complete: the newest is left out, because more of it may still come. */
function momentsOf(client: PublicClient): Moment[] {
  const found = new Map<number, Moment>();
  let now: Omit<Moment, "ts" | "candles"> = { ticker: {} };
  for (const { topic, ts, data } of client.frames as { topic?: string; ts: number; data: Json & Json[] }[]) {
    if (topic === undefined) continue;
    if (topic.startsWith("tickers")) now = { ...now, ticker: { ...now.ticker, ...(data as Record<string, string>) } };
    if (topic.startsWith("orderbook")) now = { ...now, book: data as unknown as NonNullable<Moment["book"]> };
    if (topic.startsWith("publicTrade"))
      now = { ...now, trade: data.at(-1) as unknown as NonNullable<Moment["trade"]> };
    const candles: Moment["candles"] = found.get(ts)?.candles ?? {};
    const newest: unknown = data instanceof Array ? data.at(-1) : data;
    if (topic.startsWith("kline")) candles[topic] = newest as { close: string; confirm: boolean };
    found.set(ts, { ...now, ts, candles });
  }
  return [...found.values()].slice(0, -1);
}

describe.each([
  ["linear", "BTCUSDT"],
  ["linear", "THINUSDT"],
  ["inverse", "BTCUSD"],
  ["spot", "ETHUSDT"],
])("%s %s", (category, symbol) => {
  test("ticker, best level, trades and candles of a stream show one market at every moment", async () => {
    const { exchange } = await opened("2025-10-21T22:59:00Z", 200, 4_000);
    const client = await subscribed(exchange, category, topicsOf(symbol));
    const endMs = Date.parse("2025-10-21T23:02:00Z");
    // The sparse one trades every few minutes only.
    const [traded] = await client.topics(`publicTrade.${symbol}`, 1);
    const enoughMs = Math.max(endMs, Number(traded?.ts) + 60_000);
    await client.next(({ ts }) => Number(ts) >= enoughMs);
    const moments = momentsOf(client);
    let compared = 0;
    for (const { ts, ticker, book, trade, candles } of moments) {
      if (category !== "spot" && book !== undefined) {
        expect([[ticker.bid1Price, ticker.bid1Size], [ticker.ask1Price, ticker.ask1Size], ts]).toEqual([
          ...[book.b[0], book.a[0], ts],
        ]);
      }
      if (trade === undefined) continue;
      compared += 1;
      expect([ticker.lastPrice, ts]).toEqual([trade.p, ts]);
      if (category !== "spot") expect(ticker.tickDirection).toBe(trade.L);
      for (const candle of Object.values(candles)) {
        if (!candle.confirm) expect(Number(candle.close)).toBe(Number(trade.p));
      }
    }
    expect(compared).toBeGreaterThan(5);
  });

  test("REST reports a state of the stream", async () => {
    const { exchange } = await opened("2025-10-21T22:59:00Z", 60, 1_000);
    const client = await subscribed(exchange, category, topicsOf(symbol));
    await client.topics(`tickers.${symbol}`, 3);
    const query = `category=${category}&symbol=${symbol}`;
    const byRest = (await get(exchange, `tickers?${query}`)).list[0] ?? {};
    const book = await get(exchange, `orderbook?${query}&limit=1`);
    const trades = (await get(exchange, `recent-trade?${query}&limit=60`)).list;
    await client.next(({ ts }) => Number(ts) >= Number(book.cts) + 4_000);
    const moments = momentsOf(client);
    const shared = Object.keys(byRest).filter((key) => key !== "deliveryTime" && key in (moments[0]?.ticker ?? {}));
    expect(shared.length).toBeGreaterThan(8);
    const reported = moments.map(({ ticker }) => JSON.stringify(shared.map((key) => ticker[key])));
    expect(reported).toContain(JSON.stringify(shared.map((key) => byRest[key])));
    expect(moments.map((moment) => JSON.stringify([moment.book?.b, moment.book?.a]))).toContain(
      JSON.stringify([book.b, book.a]),
    );
    const streamed = client.frames
      .filter(({ topic }) => topic === `publicTrade.${symbol}`)
      .flatMap(({ data }) => data as { i: string; p: string; v: string; S: string; T: number; seq: number }[]);
    const known = new Map(
      streamed.map(({ i, p, v, S, T, seq }) => [i, { price: p, size: v, side: S, time: String(T), seq: String(seq) }]),
    );
    for (const { execId, price, size, side, time, seq } of trades) {
      const same = known.get(String(execId));
      if (same !== undefined) expect({ price, size, side, time, seq }).toEqual(same);
    }
    const firstMs = Math.min(...streamed.map(({ T }) => T));
    const since = trades.filter(({ time }) => Number(time) >= firstMs);
    expect(since.filter(({ execId }) => !known.has(String(execId)))).toEqual([]);
  });
});

test("a fast exchange and a slow one of the same seed publish the same market, step by step", async () => {
  const topics = topicsOf("BTCUSDT").filter((topic) => topic !== "orderbook.1.BTCUSDT");
  const reported = async (compression: number): Promise<Map<string, string[]>> => {
    const { exchange } = await opened("2025-10-21T22:59:00Z", compression);
    const client = await subscribed(exchange, "linear", [...topics, "orderbook.50.BTCUSDT"]);
    const whole = ({ ts }: Json): boolean => Number(ts) > Date.parse("2025-10-21T22:59:20Z");
    await client.next(whole);
    const found = new Map<string, string[]>();
    for (const [at, frame] of client.frames.entries()) {
      // What is sent at once belongs to the moment of the subscription.
      const { topic, type, ts } = frame as { topic?: string; type?: string; ts: number };
      if (topic === undefined || whole(frame)) continue;
      if (type === "snapshot" && /^(tickers|orderbook)/.test(topic)) continue;
      const key = `${topic} ${ts}`;
      found.set(key, [...(found.get(key) ?? []), client.texts[at] ?? ""]);
    }
    return found;
  };
  const [fast, slow] = await Promise.all([reported(40), reported(8)]);
  const both = [...fast.keys()].filter((key) => slow.has(key) && !key.startsWith("kline"));
  expect(both.length).toBeGreaterThan(300);
  expect(both.map((key) => fast.get(key))).toEqual(both.map((key) => slow.get(key)));
});

test("the rate of a ticker is the one that funding history has afterwards, and the open interest likewise", async () => {
  const { exchange } = await opened("2025-10-21T23:59:30Z", 60, 1_000);
  const client = await subscribed(exchange, "linear", ["tickers.ETHUSDT"]);
  const [snapshot] = await client.topics("tickers.ETHUSDT", 1);
  const { fundingRate, nextFundingTime } = snapshot?.data as Record<string, string>;
  const dueMs = Date.parse("2025-10-22T00:00:00Z");
  expect(Number(nextFundingTime)).toBe(dueMs);
  const after = await client.next(
    ({ data }) => (data as Json | undefined)?.nextFundingTime === String(dueMs + 28_800_000),
  );
  expect(Number(after.ts)).toBeGreaterThanOrEqual(dueMs);
  const history = await get(exchange, "funding/history?category=linear&symbol=ETHUSDT&limit=1");
  expect(history.list).toEqual([{ symbol: "ETHUSDT", fundingRate, fundingRateTimestamp: String(dueMs) }]);
  const [row] = (await get(exchange, "open-interest?category=linear&symbol=ETHUSDT&intervalTime=5min&limit=1")).list;
  expect(Number(row?.timestamp)).toBe(dueMs);
  const merged = client.frames
    .filter(({ topic, ts }) => topic === "tickers.ETHUSDT" && Number(ts) <= dueMs)
    .reduce<Json>((state, { data }) => ({ ...state, ...(data as Json) }), {});
  expect(Number(row?.openInterest)).toBe(Number(merged.openInterest));
  expect(Number(row?.singleOpenInterest)).toBe(Number(merged.singleOpenInterest));
});

test("at least thirty symbols trade, and some are sparse as report E saw them", async () => {
  const { exchange } = await opened("2025-10-21T22:59:00Z", 1);
  const tickers = (await get(exchange, "tickers?category=linear")).list;
  const lively = tickers.filter((row) => Number(row.volume24h) > 0 && row.bid1Price !== "" && row.openInterest !== "0");
  expect(lively.length).toBeGreaterThanOrEqual(30);
  const empty = tickers.filter((row) => row.bid1Price === "" && row.ask1Price === "" && Number(row.volume24h) === 0);
  expect(empty.map(({ symbol }) => symbol)).toEqual(["VOIDUSDT"]);
  const bars = async (symbol: string): Promise<number> =>
    (await get(exchange, `kline?category=linear&symbol=${symbol}&interval=1&limit=1000`)).list.length;
  expect([await bars("FRESHUSDT"), await bars("BTCUSDT")]).toEqual([expect.closeTo(100, -1), 1_000]);
  const fresh = await get(exchange, "recent-trade?category=linear&symbol=FRESHUSDT&limit=1000");
  expect(fresh.list.length).toBeGreaterThan(20);
  expect(fresh.list.length).toBeLessThan(200);
  const interest = "open-interest?category=linear&intervalTime=5min";
  expect((await get(exchange, `${interest}&symbol=FRESHUSDT`)).list).toEqual([]);
});
