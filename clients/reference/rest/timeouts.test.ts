import { expect, test } from "vitest";
import { timeoutByOperation } from "./timeouts.ts";

test.each([
  ["/v5/market/tickers", 10],
  ["/v5/market/orderbook", 15],
  ["/v5/market/rpi_orderbook", 15],
  ["/v5/market/recent-trade", 20],
  ["/v5/market/kline", 30],
  ["/v5/market/mark-price-kline", 30],
  ["/v5/market/time", 10],
  ["/v5/order/create", 10],
  ["/v5/position/list", 10],
])("%s has %i s", (path, seconds) => {
  expect(timeoutByOperation(path)).toBe(seconds * 1_000);
});
