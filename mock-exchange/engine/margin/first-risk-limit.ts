/** How large a position may be in the first risk tier: dollars, or coins where it is settled in them. */

import type { Instrument } from "../../market/market.ts";

const linearUsd = 300_000;
const inverseCoins: Readonly<Record<string, number>> = { BTC: 150, ETH: 3_000 };
const otherCoins = 150;

export const firstRiskLimit = ({ category, baseCoin }: Instrument): number =>
  category === "linear" ? linearUsd : (inverseCoins[baseCoin] ?? otherCoins);
