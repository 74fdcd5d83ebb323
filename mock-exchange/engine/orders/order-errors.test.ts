/** Prices in the exchange's own words have no decimal point: by how much they are scaled depends on the contract. */

import { Big } from "big.js";
import { expect, test } from "vitest";
import { linearSpecs } from "../../market/catalogue/linear.ts";
import { triggerNotAbove, triggerNotBelow, wrongStop } from "./order-errors.ts";

const instruments = new Map(linearSpecs(0).map(({ instrument }) => [instrument.symbol, instrument]));

test.each([
  // ccxt#19089: BTC in ten-thousandths.
  ["BTCUSDT", "25797", "25947.7", "257970000", "259477000"],
  ["ETHUSDT", "1600.05", "1601", "16000500", "16010000"],
  ["XRPUSDT", "0.5012", "0.5", "50120000", "50000000"],
  ["DOGEUSDT", "0.06123", "0.06", "6123000", "6000000"],
])("%s", (symbol, price, current, asked, seen) => {
  const instrument = instruments.get(symbol);
  if (instrument === undefined) throw new Error(`no ${symbol}`);
  const compared = { instrument, price: new Big(price), current: new Big(current), by: "LastPrice" } as const;
  expect(triggerNotAbove(compared).message).toBe(
    `expect Rising, but trigger_price[${asked}] <= current[${seen}]??LastPrice`,
  );
  expect(triggerNotBelow(compared).message).toBe(
    `expect Falling, but trigger_price[${asked}] >= current[${seen}]??LastPrice`,
  );
  expect(wrongStop(compared, { what: "StopLoss", side: "Sell", mode: "Partial" }).message).toBe(
    `PartialStopLoss:${asked} set for Sell position should greater base_price:${seen}??LastPrice`,
  );
});
