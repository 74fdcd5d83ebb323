import { afterAll, beforeAll, expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { startExchange, type Exchange } from "../server.ts";

let exchange: Exchange;

beforeAll(async () => {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 1 });
  exchange = await startExchange({ clock, journal: new Journal(clock), symbols: ["BTCUSDT", "ODDUSDT"], keys: [] });
});
afterAll(() => exchange.close());

interface Body {
  retCode: number;
  retMsg: string;
  result: Record<string, unknown> & { list: Record<string, unknown>[]; nextPageCursor: string };
}
const get = async (path: string): Promise<Body> =>
  (await (await fetch(`${exchange.restUrl}/v5/${path}`)).json()) as Body;

const linearTicker =
  "symbol,lastPrice,indexPrice,markPrice,prevPrice24h,price24hPcnt,highPrice24h,lowPrice24h,prevPrice1h,openInterest,openInterestValue,singleOpenInterest,singleOpenInterestValue,turnover24h,volume24h,fundingRate,nextFundingTime,predictedDeliveryPrice,basisRate,deliveryFeeRate,deliveryTime,ask1Size,bid1Price,ask1Price,bid1Size,basis,preOpenPrice,preQty,curPreListingPhase,fundingIntervalHour,basisRateYear,fundingCap";
const optionTicker =
  "symbol,bid1Price,bid1Size,bid1Iv,ask1Price,ask1Size,ask1Iv,lastPrice,highPrice24h,lowPrice24h,markPrice,indexPrice,markIv,underlyingPrice,openInterest,turnover24h,volume24h,totalVolume,totalTurnover,delta,gamma,vega,theta,predictedDeliveryPrice,change24h";

test.each([
  ["market/time", "timeSecond,timeNano", undefined],
  ["market/kline?symbol=BTCUSDT&interval=1", "symbol,category,list", "0,1,2,3,4,5,6"],
  ["market/mark-price-kline?symbol=BTCUSDT&interval=D", "symbol,category,list", "0,1,2,3,4"],
  ["market/index-price-kline?symbol=BTCUSDT&interval=M", "symbol,category,list", "0,1,2,3,4"],
  ["market/premium-index-price-kline?symbol=BTCUSDT&interval=60", "symbol,category,list", "0,1,2,3,4"],
  [
    "market/instruments-info?category=spot&symbol=BTCUSDT",
    "category,list,nextPageCursor",
    "symbol,symbolId,baseCoin,quoteCoin,innovation,status,marginTrading,stTag,lotSizeFilter,priceFilter,riskParameters,symbolType,xstockMultiplier",
  ],
  ["market/orderbook?category=linear&symbol=BTCUSDT", "s,a,b,ts,u,seq,cts", undefined],
  ["market/full_orderbook?category=spot&symbol=BTCUSDT", "s,a,b,ts,u,seq,cts", undefined],
  ["market/rpi_orderbook?category=linear&symbol=BTCUSDT", "s,a,b,ts,u,seq,cts", undefined],
  ["market/tickers?category=linear&symbol=BTCUSDT", "category,list", linearTicker],
  ["market/tickers?category=inverse", "category,list", linearTicker],
  [
    "market/tickers?category=spot",
    "category,list",
    "symbol,bid1Price,bid1Size,ask1Price,ask1Size,lastPrice,prevPrice24h,price24hPcnt,highPrice24h,lowPrice24h,turnover24h,volume24h,usdIndexPrice",
  ],
  ["market/tickers?category=option&baseCoin=BTC", "category,list", optionTicker],
  ["market/funding/history?category=linear&symbol=BTCUSDT", "category,list", "symbol,fundingRate,fundingRateTimestamp"],
  [
    "market/recent-trade?category=linear&symbol=BTCUSDT",
    "category,list",
    "execId,symbol,price,size,side,time,isBlockTrade,isRPITrade,seq",
  ],
  [
    "market/recent-trade?category=option",
    "category,list",
    "execId,symbol,price,size,side,time,isBlockTrade,isRPITrade,seq,mP,iP,mIv,iv",
  ],
  [
    "market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min",
    "symbol,category,list,nextPageCursor",
    "openInterest,singleOpenInterest,timestamp",
  ],
  [
    "market/account-ratio?category=linear&symbol=BTCUSDT&period=1h",
    "list,nextPageCursor",
    "symbol,buyRatio,sellRatio,timestamp",
  ],
  [
    "market/risk-limit?category=linear",
    "category,list,nextPageCursor",
    "id,symbol,riskLimitValue,maintenanceMargin,initialMargin,isLowestRisk,maxLeverage,mmDeduction",
  ],
  ["market/insurance?coin=USDT", "updatedTime,list", "coin,symbols,balance,value"],
  ["market/historical-volatility?category=option&period=30", "0", undefined],
  ["market/delivery-price?category=option", "category,nextPageCursor,list", undefined],
  ["market/new-delivery-price?category=option&baseCoin=BTC", "category,list", undefined],
  ["market/price-limit?symbol=BTCUSDT", "symbol,buyLmt,sellLmt,ts", undefined],
  ["market/index-price-components?indexName=BTCUSDT", "indexName,lastPrice,updateTime,components", undefined],
  [
    "market/adlAlert?symbol=BTCUSD",
    "updatedTime,list",
    "coin,symbol,balance,maxBalance,insurancePnlRatio,pnlRatio,adlTriggerThreshold,adlStopRatio",
  ],
  ["market/fee-group-info", "list", undefined],
  ["system/status", "list", undefined],
  ["announcements/index", "total,list", undefined],
])("%s answers with the keys of the sheet", async (path, keys, rowKeys) => {
  const { retCode, result } = await get(path);
  expect(retCode).toBe(0);
  expect(Object.keys(result).join()).toBe(keys);
  if (rowKeys !== undefined) expect(Object.keys(result.list[0] ?? {}).join()).toBe(rowKeys);
});

test.each([
  ["market/kline?symbol=btcusdt&interval=1", 10001, "Not supported symbols"],
  ["market/kline?symbol=BTCUSDT&interval=7", 10001, "Invalid period!"],
  ["market/tickers", 10001, "Illegal category"],
  ["market/funding/history?category=option&symbol=BTCUSDT", 10001, "Illegal category"],
  ["market/tickers?category=linear&symbol=NOPE", 10001, "params error: symbol invalid"],
  ["market/tickers?category=spot&symbol=NOPE", 10001, "Not supported symbols"],
  ["market/instruments-info?category=linear&symbol=NOPE", 10001, "params error: symbol invalid"],
  ["market/delivery-price?category=linear&symbol=BTCUSDT", 10001, "params error: Symbol Invalid"],
  ["market/tickers?category=option", 3100326, "BaseCoin is required"],
  ["market/orderbook?category=linear", 10001, "params error: symbol invalid"],
  ["market/recent-trade?category=linear&symbol=BTCUSDT&limit=x", 10001, "params error: limit invalid"],
  [
    "market/funding/history?category=linear&symbol=BTCUSDT&startTime=1",
    10001,
    "params error: endTime is required with startTime",
  ],
])("%s is refused", async (path, retCode, retMsg) => {
  expect(await get(path)).toMatchObject({ retCode, retMsg, result: {} });
});

test.each([(cursor: string) => cursor, encodeURIComponent])(
  "pages join without a gap, the cursor raw or encoded again",
  async (encode) => {
    const seen: unknown[] = [];
    let cursor = "";
    do {
      const { result } = await get(`market/instruments-info?category=linear&limit=10&cursor=${encode(cursor)}`);
      seen.push(...result.list.map((row) => row.symbol));
      cursor = result.nextPageCursor;
    } while (cursor !== "");
    const { result } = await get("market/instruments-info?category=linear");
    expect(seen).toEqual(result.list.map((row) => row.symbol));
    expect(seen).toContain("ODDUSDT");
    expect(seen.length).toBeGreaterThanOrEqual(30);
  },
);

test("every instrument has a number of its own", async () => {
  const ids: unknown[] = [];
  for (const category of ["linear", "inverse", "spot", "option"]) {
    ids.push(...(await get(`market/instruments-info?category=${category}`)).result.list.map((row) => row.symbolId));
  }
  expect(ids.every((id) => Number.isInteger(id) && Number(id) > 0)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

test("open interest pages back in time without a gap", async () => {
  const path = "market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=1h&limit=3";
  const one = (await get(path)).result;
  const two = (await get(`${path}&cursor=${one.nextPageCursor}`)).result;
  const times = [...one.list, ...two.list].map((row) => Number(row.timestamp));
  expect(times.map((at) => (times[0] ?? 0) - at)).toEqual([0, 1, 2, 3, 4, 5].map((hour) => hour * 3_600_000));
});

test("start and end give the rows in between, counted from the end", async () => {
  const startMs = Date.parse("2025-10-21T10:00:00Z");
  const ask = async (rest: string): Promise<number[]> =>
    (await get(`market/kline?symbol=BTCUSDT&interval=60&${rest}`)).result.list.map(
      (row) => (Number(row[0]) - startMs) / 3_600_000,
    );
  expect(await ask(`start=${startMs}&end=${startMs + 5 * 3_600_000}&limit=3`)).toEqual([5, 4, 3]);
  expect(await ask(`start=${startMs}&limit=3`)).toEqual([2, 1, 0]);
});

test("an option has candles of its mark price, the newest ending at the ticker's, and no others", async () => {
  const { symbol } = (await get("market/instruments-info?category=option&limit=1")).result.list[0] ?? {};
  const query = `category=option&symbol=${String(symbol)}`;
  const candles = (await get(`market/mark-price-kline?${query}&interval=1&limit=1000`)).result;
  expect(Object.keys(candles)).toEqual(["symbol", "category", "list"]);
  expect(candles.list).toHaveLength(500);
  const ticker = (await get(`market/tickers?${query}`)).result.list[0];
  const [newest] = (await get(`market/mark-price-kline?${query}&interval=1&limit=1`)).result
    .list as unknown as string[][];
  expect(newest).toHaveLength(5);
  expect(Number(newest?.[4])).toBeCloseTo(Number(ticker?.markPrice), -2);
  expect((await get(`market/kline?${query}&interval=1`)).retCode).toBe(10001);
});

test("delivered contracts: quarters and option Fridays, newest first, at the index of that moment, in pages", async () => {
  const quarters = (await get("market/delivery-price?category=inverse")).result.list;
  expect(quarters.map(({ symbol }) => symbol)).toEqual(["BTCUSDU25", "BTCUSDM25", "BTCUSDH25", "BTCUSDZ24"]);
  const [newest] = quarters;
  expect(newest).toMatchObject({ deliveryTime: String(Date.parse("2025-09-26T08:00:00Z")) });
  const at = `start=${String(newest?.deliveryTime)}&limit=1`;
  const [candle] = (await get(`market/index-price-kline?category=inverse&symbol=BTCUSD&interval=1&${at}`)).result.list;
  expect(Number(newest?.deliveryPrice) / Number(Object.values(candle ?? {})[1])).toBeCloseTo(1, 3);
  const first = (await get("market/delivery-price?category=option&limit=7")).result;
  const next = (await get(`market/delivery-price?category=option&limit=200&cursor=${first.nextPageCursor}`)).result;
  const all = [...first.list, ...next.list];
  expect(all).toHaveLength(40);
  expect(new Set(all.map(({ symbol }) => symbol)).size).toBe(40);
  const times = all.map(({ deliveryTime }) => Number(deliveryTime));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(times[0]).toBe(Date.parse("2025-10-17T08:00:00Z"));
  expect((await get("market/new-delivery-price?category=option&baseCoin=BTC")).result.list).toHaveLength(4);
  expect((await get("market/delivery-price?category=linear")).result.list).toEqual([]);
});

test("volatility is reported of coins that have options", async () => {
  const of = async (coins: string): Promise<number> =>
    (await get(`market/historical-volatility?category=option&${coins}`)).result.length as number;
  expect([await of("baseCoin=BTC"), await of("baseCoin=BTC&quoteCoin=USDT"), await of("baseCoin=ETH")]).toEqual([
    1, 1, 0,
  ]);
});

test("risk tiers grow by themselves: margins by the tier, a deduction without a jump between two", async () => {
  const { list } = (await get("market/risk-limit?category=inverse&symbol=BTCUSD")).result;
  expect(list[0]).toMatchObject({ riskLimitValue: "150", maintenanceMargin: "0.0033", mmDeduction: "" });
  const marginAt = (row: Record<string, unknown> | undefined, size: number): number =>
    size * Number(row?.maintenanceMargin) - Number(row?.mmDeduction);
  list.slice(1).forEach((row, i) => {
    const edge = Number(list[i]?.riskLimitValue);
    expect(marginAt(row, edge)).toBeCloseTo(marginAt(list[i], edge), 3);
  });
});

test("sparse instruments answer with empty lists and books", async () => {
  const book = (await get("market/orderbook?category=linear&symbol=VOIDUSDT")).result;
  expect([book.a, book.b]).toEqual([[], []]);
  expect((await get("market/open-interest?category=linear&symbol=VOIDUSDT&intervalTime=5min")).result.list).toEqual([]);
  expect((await get("market/recent-trade?category=linear&symbol=VOIDUSDT")).result.list).toEqual([]);
  expect((await get("market/kline?symbol=FRESHUSDT&interval=1&limit=1000")).result.list.length).toBeLessThan(110);
});

test("ticker, book, trades and candles agree", async () => {
  const [ticker, book, trades, candles] = await Promise.all([
    get("market/tickers?category=linear&symbol=THINUSDT"),
    get("market/orderbook?category=linear&symbol=THINUSDT"),
    get("market/recent-trade?category=linear&symbol=THINUSDT&limit=1"),
    get("market/kline?symbol=THINUSDT&interval=D&limit=1"),
  ]);
  const row = ticker.result.list[0] ?? {};
  const [bid] = book.result.b as string[][];
  expect([row.bid1Price, row.bid1Size]).toEqual(bid);
  expect(row.lastPrice).toBe(trades.result.list[0]?.price);
  expect(row.lastPrice).toBe(candles.result.list[0]?.[4 as unknown as string]);
});
