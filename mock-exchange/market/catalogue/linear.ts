/**
 * USDT and USDC perpetuals, and three that are legally sparse as report E saw them: `FRESHUSDT` was listed 100 minutes
 * before the start, `THINUSDT` trades every few minutes and has no open interest, `VOIDUSDT` has no orders and no trades.
 */

import { hours, minutes } from "../../../core/units.ts";
import type { Instrument } from "../market.ts";
import { coins, unknownCoin, type Coin } from "./coins.ts";
import { launchOf } from "./launch.ts";
import { liquid, type Sparse, type Spec } from "./spec.ts";
import { symbolId } from "./symbol-id.ts";

const fundingMinutes = 480;
const maxOrderUsd = 100_000_000;

/** @param named Symbols that have to be there, whatever the catalogue knows. */
export function linearSpecs(startMs: number, named: readonly string[] = []): Spec[] {
  const launchMs = launchOf(startMs);
  const specs = coins.map((coin) => perpetual(coin, `${coin.name}USDT`, "USDT", 1, launchMs));
  for (const [name, symbol] of [["BTC", "BTCPERP"] as const, ["ETH", "ETHPERP"] as const]) {
    const coin = coins.find((candidate) => candidate.name === name);
    if (coin !== undefined) specs.push(perpetual(coin, symbol, "USDC", 0.9998, launchMs));
  }
  const sparse = (name: string, changes: Partial<Coin>, missing: Partial<Sparse>, launch = launchMs): Spec => ({
    ...perpetual({ ...unknownCoin(name), ...changes }, `${name}USDT`, "USDT", 1, launch),
    sparse: { ...liquid, ...missing },
  });
  specs.push(
    sparse("FRESH", { dailyUsd: 1e6, tradesPerMinute: 1 }, { quiet: 0.1, openInterest: false }, startMs - minutes(100)),
    sparse("THIN", { dailyUsd: 1e5, tradesPerMinute: 1, bookMs: 5_000 }, thin),
    sparse("VOID", { dailyUsd: 0, volatility: 0 }, { quiet: 1, levels: 0, openInterest: false }),
  );
  for (const symbol of named) {
    if (specs.some((spec) => spec.instrument.symbol === symbol)) continue;
    const coin = unknownCoin(symbol.replace(/(USDT|USDC|PERP)$/, ""));
    specs.push(perpetual(coin, symbol, symbol.endsWith("USDT") ? "USDT" : "USDC", 1, launchMs));
  }
  return specs.map((spec) => ({ ...spec, launchMs: Math.floor(spec.launchMs / hours(1 / 60)) * minutes(1) }));
}

const thin: Partial<Sparse> = { quiet: 0.85, levels: 3, spreadTicks: 20, openInterest: false };

function perpetual(coin: Coin, symbol: string, quoteCoin: string, ratio: number, launchMs: number): Spec {
  const decimals = coin.tick.split(".")[1]?.length ?? 0;
  const stepDecimals = coin.step.split(".")[1]?.length ?? 0;
  const most = Number((maxOrderUsd / coin.price).toPrecision(2)).toFixed(stepDecimals);
  const mostMarket = (Number(most) / 4).toFixed(stepDecimals);
  const minNotionalValue = "5";
  const info = {
    symbol,
    symbolId: symbolId("linear", symbol),
    contractType: "LinearPerpetual",
    status: "Trading",
    baseCoin: coin.name,
    quoteCoin,
    launchTime: String(launchMs),
    deliveryTime: "0",
    deliveryFeeRate: "",
    priceScale: String(decimals),
    leverageFilter: { minLeverage: "1", maxLeverage: coin.maxLeverage, leverageStep: "0.01" },
    priceFilter: { minPrice: coin.tick, maxPrice: (coin.price * 23).toFixed(decimals), tickSize: coin.tick },
    lotSizeFilter: {
      maxOrderQty: most,
      minOrderQty: coin.step,
      qtyStep: coin.step,
      postOnlyMaxOrderQty: most,
      maxMktOrderQty: mostMarket,
      minNotionalValue,
    },
    unifiedMarginTrade: true,
    fundingInterval: fundingMinutes,
    settleCoin: quoteCoin,
    copyTrading: quoteCoin === "USDT" ? "both" : "none",
    upperFundingRate: "0.00375",
    lowerFundingRate: "-0.00375",
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: "0.01", priceLimitRatioY: "0.02" },
    displayName: "",
    forbidUplWithdrawal: false,
    symbolType: "",
  };
  const instrument: Instrument = {
    category: "linear",
    symbol,
    baseCoin: coin.name,
    quoteCoin,
    settleCoin: quoteCoin,
    tickSize: coin.tick,
    qtyStep: coin.step,
    minOrderQty: coin.step,
    maxOrderQty: most,
    maxMktOrderQty: mostMarket,
    minNotionalValue,
    maxLeverage: coin.maxLeverage,
    info,
  };
  const dailyVolume = (coin.dailyUsd / coin.price) * (quoteCoin === "USDT" ? 1 : 0.05);
  return { instrument, coin, ratio, dailyVolume, launchMs, deliveryMs: 0, fundingMinutes, sparse: liquid };
}
