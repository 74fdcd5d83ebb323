/** pybit, from PyPI: the scripts beside this file go through a session and say what they saw; here it is judged. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Big } from "big.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { available, pythonWithPybit } from "../support/requirements.ts";
import { credentials, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

type Row = Record<string, string>;

const run = promisify(execFile);
let stage: SdkStage;

async function python(script: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await run(pythonWithPybit, [join(import.meta.dirname, script), ...args], { timeout: 40_000 });
  return JSON.parse(stdout);
}

describe.skipIf(!available("pybit"))("pybit", () => {
  beforeAll(async () => {
    stage = await startSdkStage();
  });
  afterAll(() => stage.exchange.close());

  test("HTTP: market data, an order placed, amended, filled, its position closed, and the balance", async () => {
    const seen = (await python(
      "pybit_session.py",
      stage.exchange.restUrl,
      credentials.key,
      credentials.secret,
    )) as Record<"ticker" | "instrument" | "resting" | "filled" | "position" | "flat" | "closed", Row> &
      Record<"before" | "after", string> &
      Record<"placed" | "pages" | "cancelled", string[]> & {
        klines: string[][];
        trades: Row[];
        executions: Row[];
        refusal: object;
        book: { a: [string, string][]; b: [string, string][] };
      };
    expect(seen.instrument).toMatchObject({ symbol: "BTCUSDT", status: "Trading" });
    expect(Number(seen.ticker.bid1Price)).toBeLessThan(Number(seen.ticker.ask1Price));
    expect([seen.book.a.length, seen.book.b.length]).toEqual([50, 50]);
    expect(Number(seen.book.b[0]?.[0])).toBeLessThan(Number(seen.book.a[0]?.[0]));
    expect(seen.klines).toHaveLength(5);
    expect(seen.trades).toHaveLength(5);

    expect(seen.resting).toMatchObject({ orderLinkId: "pybit-1", orderStatus: "New", qty: "0.02" });
    expect(seen.filled).toMatchObject({ orderLinkId: "pybit-1", orderStatus: "Filled", cumExecQty: "0.02" });
    expect(seen.position).toMatchObject({ symbol: "BTCUSDT", side: "Buy", size: "0.02" });
    expect(seen.executions.reduce((sum, { execQty = "" }) => sum.plus(execQty), new Big(0)).toFixed()).toBe("0.02");
    expect(seen.flat).toMatchObject({ side: "", size: "0" });
    expect(new Big(seen.after).minus(seen.before).toFixed()).toBe(seen.closed.closedPnl);
    expect(seen.refusal).toMatchObject({ code: 110001, message: "order not exists or too late to cancel" });

    expect(seen.pages).toEqual(seen.placed.toReversed());
    expect(seen.cancelled.toSorted()).toEqual(seen.placed.toSorted());
  });

  test("WebSocket: books, trades, tickers, candles; orders over the trade stream, reported on the private one", async () => {
    const { restUrl, publicUrl, privateUrl, tradeUrl } = stage.exchange;
    const url = `${restUrl}/v5/market/tickers?category=linear&symbol=BTCUSDT`;
    const tickers = (await (await fetch(url)).json()) as { result: { list: { lastPrice: string }[] } };
    const last = tickers.result.list[0]?.lastPrice ?? "";
    const { key, secret } = credentials;
    const seen = (await python("pybit_streams.py", ...[publicUrl, privateUrl, tradeUrl, key, secret, last])) as Record<
      "new" | "amended" | "filled" | "execution" | "position" | "flat" | "wallet" | "refusal",
      Row
    > & {
      ack: { retCode: number; data: { orderId: string } };
    } & Record<"linear" | "spot", { books: { u: number; a: string[][]; b: string[][] }[] } & Record<string, Row>>;
    for (const { books, trade, ticker, kline } of [seen.linear, seen.spot]) {
      const first = books[0]?.u ?? NaN;
      expect(books.map(({ u }) => u - first)).toEqual(books.map((_, at) => at));
      for (const { a, b } of books) {
        // pybit keeps its levels unsorted; the mock's deltas leave exactly the depth, and no side reaches the other.
        expect([a.length, b.length]).toEqual([50, 50]);
        expect(Math.max(...b.map(Number0))).toBeLessThan(Math.min(...a.map(Number0)));
      }
      expect(ticker?.symbol).toBe("BTCUSDT");
      expect(Math.abs(Number(trade?.p) / Number(ticker?.lastPrice) - 1)).toBeLessThan(0.01);
      expect(kline).toMatchObject({ interval: "1" });
    }
    const { orderId } = seen.ack.data;
    expect(seen.ack.retCode).toBe(0);
    expect(seen.new).toMatchObject({ orderId, qty: "0.01", category: "linear" });
    expect(seen.amended).toMatchObject({ orderId, qty: "0.02", orderStatus: "New" });
    expect(seen.filled).toMatchObject({ orderId, cumExecQty: "0.02", leavesQty: "0" });
    expect(seen.execution).toMatchObject({ orderId, side: "Buy", execType: "Trade" });
    expect(seen.position).toMatchObject({ symbol: "BTCUSDT", side: "Buy" });
    expect(seen.flat).toMatchObject({ symbol: "BTCUSDT", side: "" });
    expect(seen.wallet).toMatchObject({ accountType: "UNIFIED" });
    expect(seen.refusal).toMatchObject({ op: "order.cancel", retCode: 110001 });
  });
});

const Number0 = ([price]: string[]): number => Number(price);
