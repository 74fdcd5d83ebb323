/** Coin-margined contracts: quantities are US dollars. Two perpetuals and the next quarter's BTC future. */

import { hours } from "../../../core/units.ts";
import type { Instrument } from "../market.ts";
import { coins, type Coin } from "./coins.ts";
import { launchOf } from "./launch.ts";
import { liquid, type Spec } from "./spec.ts";
import { symbolId } from "./symbol-id.ts";

const quarterLetters = ["H", "M", "U", "Z"];
const futurePremium = 1.012;

export function inverseSpecs(startMs: number): Spec[] {
  const launchMs = launchOf(startMs);
  const [btc, eth] = ["BTC", "ETH"].map((name) => coins.find((coin) => coin.name === name));
  if (btc === undefined || eth === undefined) return [];
  const { letter, deliveryMs } = nextQuarter(startMs);
  return [
    contract(btc, "BTCUSD", "InversePerpetual", 0.9999, launchMs, 0),
    contract(eth, "ETHUSD", "InversePerpetual", 0.9999, launchMs, 0),
    contract(btc, `BTCUSD${letter}`, "InverseFutures", futurePremium, startMs - hours(24 * 120), deliveryMs),
  ].map((spec) => ({ ...spec, launchMs: Math.floor(spec.launchMs / hours(1)) * hours(1) }));
}

/** The quarter's last Friday, 08:00 UTC, at least four weeks away. */
function nextQuarter(startMs: number): { letter: string; deliveryMs: number } {
  const year = new Date(startMs).getUTCFullYear();
  for (let quarter = 0; ; quarter += 1) {
    const deliveryMs = lastFriday(year, quarter * 3 + 3);
    if (deliveryMs - startMs >= hours(24 * 28)) return { letter: quarterName(deliveryMs), deliveryMs };
  }
}

/** `U25`, by the day of delivery. */
export function quarterName(deliveryMs: number): string {
  const day = new Date(deliveryMs);
  return `${quarterLetters[Math.floor(day.getUTCMonth() / 3)] ?? ""}${String(day.getUTCFullYear() % 100).padStart(2, "0")}`;
}

export function lastFriday(year: number, monthsIn: number): number {
  const end = new Date(Date.UTC(year, monthsIn, 0, 8));
  return end.getTime() - ((end.getUTCDay() + 2) % 7) * hours(24);
}

function contract(
  coin: Coin,
  symbol: string,
  contractType: string,
  ratio: number,
  launchMs: number,
  deliveryMs: number,
): Spec {
  const fundingMinutes = deliveryMs === 0 ? 480 : 0;
  const decimals = coin.tick.split(".")[1]?.length ?? 0;
  const [maxOrderQty, maxMktOrderQty, minNotionalValue] = ["25000000", "5000000", "5"] as const;
  const info = {
    symbol,
    symbolId: symbolId("inverse", symbol),
    contractType,
    status: "Trading",
    baseCoin: coin.name,
    quoteCoin: "USD",
    launchTime: String(launchMs),
    deliveryTime: String(deliveryMs),
    deliveryFeeRate: deliveryMs === 0 ? "" : "0.0005",
    priceScale: String(decimals),
    leverageFilter: { minLeverage: "1", maxLeverage: coin.maxLeverage, leverageStep: "0.01" },
    priceFilter: { minPrice: coin.tick, maxPrice: (coin.price * 23).toFixed(decimals), tickSize: coin.tick },
    lotSizeFilter: {
      maxOrderQty,
      minOrderQty: "1",
      qtyStep: "1",
      postOnlyMaxOrderQty: maxOrderQty,
      maxMktOrderQty,
      minNotionalValue,
    },
    unifiedMarginTrade: true,
    fundingInterval: fundingMinutes,
    settleCoin: coin.name,
    copyTrading: "none",
    upperFundingRate: deliveryMs === 0 ? "0.00375" : "",
    lowerFundingRate: deliveryMs === 0 ? "-0.00375" : "",
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: "0.01", priceLimitRatioY: "0.02" },
    displayName: "",
    forbidUplWithdrawal: false,
    symbolType: "",
  };
  const instrument: Instrument = {
    category: "inverse",
    symbol,
    baseCoin: coin.name,
    quoteCoin: "USD",
    settleCoin: coin.name,
    tickSize: coin.tick,
    qtyStep: "1",
    minOrderQty: "1",
    maxOrderQty,
    maxMktOrderQty,
    minNotionalValue,
    maxLeverage: coin.maxLeverage,
    info,
  };
  const dailyVolume = coin.dailyUsd * 0.05;
  return { instrument, coin, ratio, dailyVolume, launchMs, deliveryMs, fundingMinutes, sparse: liquid };
}
