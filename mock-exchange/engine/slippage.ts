/**
 * A derivative's market order is an IOC limit at a slippage band, and the band is what its `price` shows. Without a
 * band an empty book would let it trade at any price.
 */

import { Big } from "big.js";
import type { Side } from "../market/market.ts";
import { instrumentOf, type Account } from "./account.ts";
import { floorTo } from "./decimal.ts";
import type { TradedCategory } from "./order.ts";

const band = new Big("0.05");

export function bandPrice(account: Account, category: TradedCategory, symbol: string, side: Side): Big {
  const { last, bid, ask } = account.market.quote(category, symbol);
  const from = (side === "Buy" ? ask : bid) ?? last;
  const { tickSize } = instrumentOf(account, category, symbol);
  return floorTo(from.times(side === "Buy" ? band.plus(1) : new Big(1).minus(band)), tickSize);
}
