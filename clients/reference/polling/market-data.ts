/**
 * What the analysis is fed with, each read as its own type. An answer that holds nothing is reported to hold nothing: a
 * thin market's empty book is legal and is not an error, but it is not data either.
 */

import type { RestClient } from "../rest/rest-client.ts";

/** The timeframes of the analysis, by Bybit's intervals. */
export const timeframes = { base: "1", ltf: "5", mtf: "15", htf: "60" } as const;
export type Timeframe = keyof typeof timeframes;

/** Candles on every timeframe, each with at least one. */
export type Frames = Readonly<Record<Timeframe, readonly Candle[]>>;

/** Start (epoch ms) and close of a candle; more is not needed here. */
export interface Candle {
  startMs: number;
  close: number;
}

export interface Book {
  bid: number;
  ask: number;
}

const category = "linear";
const candleLimit = 120;
const tradeLimit = 1_000;
const bookLimit = 50;

export class MarketData {
  protected readonly rest: RestClient;

  constructor(rest: RestClient) {
    this.rest = rest;
  }

  /** The last price, or undefined where the exchange lists none. @throws RestError */
  async ticker(symbol: string): Promise<number | undefined> {
    const [ticker] = await this.rest.list<{ lastPrice: string }>("/v5/market/tickers", { category, symbol });
    return ticker === undefined ? undefined : Number(ticker.lastPrice);
  }

  /** The best prices, or undefined where a side is empty. @throws RestError */
  async book(symbol: string): Promise<Book | undefined> {
    const query = { category, symbol, limit: String(bookLimit) };
    const { result } = await this.rest.market("/v5/market/orderbook", query);
    const [bid] = (result.b as [string, string][] | undefined)?.[0] ?? [];
    const [ask] = (result.a as [string, string][] | undefined)?.[0] ?? [];
    return bid === undefined || ask === undefined ? undefined : { bid: Number(bid), ask: Number(ask) };
  }

  /** How many trades the exchange had, up to 1000. @throws RestError */
  async trades(symbol: string): Promise<number> {
    const query = { category, symbol, limit: String(tradeLimit) };
    return (await this.rest.list("/v5/market/recent-trade", query)).length;
  }

  /** Candles on all timeframes, or undefined where one of them has none. @throws RestError where one is not known. */
  async frames(symbol: string): Promise<Frames | undefined> {
    const names = Object.keys(timeframes) as Timeframe[];
    const lists = await Promise.all(names.map((timeframe) => this.candles(symbol, timeframe)));
    if (lists.some((candles) => candles.length === 0)) return undefined;
    return Object.fromEntries(names.map((name, n) => [name, lists[n]])) as unknown as Frames;
  }

  /** The newest candles, oldest first. @throws RestError */
  protected async candles(symbol: string, timeframe: Timeframe): Promise<readonly Candle[]> {
    const query = { category, symbol, interval: timeframes[timeframe], limit: String(candleLimit) };
    const rows = await this.rest.list<readonly string[]>("/v5/market/kline", query);
    return rows.map(([start, , , , close]) => ({ startMs: Number(start), close: Number(close) })).toReversed();
  }

  /** How many values the open interest's history has. @throws RestError */
  async openInterest(symbol: string): Promise<number> {
    const query = { category, symbol, intervalTime: "5min", limit: String(bookLimit) };
    return (await this.rest.list("/v5/market/open-interest", query)).length;
  }
}
