/** Fee rates of an account without a VIP level. A maker pays as well: there are no rebates at this level. */

import { Big } from "big.js";
import type { TradedCategory } from "./orders/order.ts";

const contract = { taker: "0.00055", maker: "0.0002" };

export const feeRates: Readonly<Record<TradedCategory, { taker: string; maker: string }>> = {
  linear: contract,
  inverse: contract,
  spot: { taker: "0.001", maker: "0.001" },
};

export const feeRate = (category: TradedCategory, isMaker: boolean): Big =>
  new Big(isMaker ? feeRates[category].maker : feeRates[category].taker);
