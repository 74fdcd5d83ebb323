/** Spot pairs against USDT of the larger coins, and BTCUSDC. */

import type { Instrument } from "../market.ts";
import { coins, type Coin } from "./coins.ts";
import { launchOf } from "./launch.ts";
import { liquid, type Spec } from "./spec.ts";
import { symbolId } from "./symbol-id.ts";

const pairs = 16;
/** Spot trades a little below the perpetual. */
const ratio = 1.0002;
const minOrderAmt = "5";
const most = 500_000_000;

export function spotSpecs(startMs: number): Spec[] {
  const launchMs = launchOf(startMs);
  const specs = coins.slice(0, pairs).map((coin) => pair(coin, "USDT", launchMs));
  const [btc] = coins;
  return btc === undefined ? specs : [...specs, pair(btc, "USDC", launchMs)];
}

function pair(coin: Coin, quoteCoin: string, launchMs: number): Spec {
  const symbol = `${coin.name}${quoteCoin}`;
  const tickSize = coin.tick.replace(/(\.\d*?[1-9])0+$/, "$1");
  const stepDecimals = Math.min(Math.max(Math.round(Math.log10(coin.price)) + 1, 0), 6);
  const basePrecision = (10 ** -stepDecimals).toFixed(stepDecimals);
  const quoteDecimals = (tickSize.split(".")[1]?.length ?? 0) + stepDecimals;
  const maxOrderQty = Number((most / coin.price).toPrecision(2)).toFixed(0);
  const maxMktOrderQty = String(Math.ceil(Number(maxOrderQty) / 10));
  const info = {
    symbol,
    symbolId: symbolId("spot", symbol),
    baseCoin: coin.name,
    quoteCoin,
    innovation: "0",
    status: "Trading",
    marginTrading: "utaOnly",
    stTag: "0",
    lotSizeFilter: {
      basePrecision,
      quotePrecision: (10 ** -quoteDecimals).toFixed(quoteDecimals),
      minOrderQty: basePrecision,
      maxOrderQty,
      minOrderAmt,
      maxOrderAmt: String(most / 10),
      maxLimitOrderQty: maxOrderQty,
      maxMarketOrderQty: maxMktOrderQty,
      postOnlyMaxLimitOrderSize: maxOrderQty,
    },
    priceFilter: { tickSize },
    riskParameters: { priceLimitRatioX: "0.01", priceLimitRatioY: "0.02" },
    symbolType: "",
    xstockMultiplier: "",
  };
  const instrument: Instrument = {
    category: "spot",
    symbol,
    baseCoin: coin.name,
    quoteCoin,
    settleCoin: quoteCoin,
    tickSize,
    qtyStep: basePrecision,
    minOrderQty: basePrecision,
    maxOrderQty,
    maxMktOrderQty,
    minNotionalValue: minOrderAmt,
    maxLeverage: "1",
    info,
  };
  const dailyVolume = (coin.dailyUsd / coin.price) * 0.1;
  return { instrument, coin, ratio, dailyVolume, launchMs, deliveryMs: 0, fundingMinutes: 0, sparse: liquid };
}
