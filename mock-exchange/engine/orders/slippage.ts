/**
 * A derivative's market order is an IOC limit at a slippage band, and the band is what its `price` shows. Without a
 * band an empty book would let it trade at any price. Whoever sends a slippage tolerance sets the band.
 */

import { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { floorTo, max } from "../decimal.ts";
import type { Order } from "./order.ts";

const band = new Big("0.05");

export function bandPrice(
  account: Account,
  { category, symbol, side, slippage }: Pick<Order, "category" | "symbol" | "side" | "slippage">,
): Big {
  const { last, bid, ask } = account.market.quote(category, symbol);
  const from = (side === "Buy" ? ask : bid) ?? last;
  const { tickSize } = instrumentOf(account, category, symbol);
  const width =
    slippage?.type === "TickSize"
      ? slippage.tolerance.times(tickSize)
      : from.times(slippage === null ? band : slippage.tolerance.div(100));
  return max(floorTo(side === "Buy" ? from.plus(width) : from.minus(width), tickSize), new Big(tickSize));
}
