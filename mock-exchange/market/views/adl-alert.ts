/** How near a contract is to auto-deleveraging. The pools are rich here and nothing has been drawn from them. */

import type { Listing } from "../listing.ts";

export interface AdlAlert {
  coin: string;
  symbol: string;
  balance: string;
  maxBalance: string;
  insurancePnlRatio: string;
  pnlRatio: string;
  adlTriggerThreshold: string;
  adlStopRatio: string;
}

const usdPool = 900_000;
const coinDecimals = 8;

export function adlAlert({ spec }: Listing): AdlAlert {
  const { settleCoin, symbol, category } = spec.instrument;
  const balance = (category === "inverse" ? usdPool / spec.coin.price : usdPool).toFixed(coinDecimals);
  return {
    coin: settleCoin,
    symbol,
    balance,
    maxBalance: balance,
    insurancePnlRatio: "-0.3",
    pnlRatio: "0",
    adlTriggerThreshold: "10000",
    adlStopRatio: "-0.25",
  };
}
