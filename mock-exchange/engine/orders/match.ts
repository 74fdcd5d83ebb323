/** Trades a live order against the market: takes what it may take, rests or ends with what is left. */

import type { Big } from "big.js";
import type { Fill } from "../../market/market.ts";
import { instrumentOf, type Account } from "../account.ts";
import { floorTo, zero } from "../decimal.ts";
import { cancel, rest, setStatus } from "./finish.ts";
import { followPosition } from "../follow-position.ts";
import { leaves, type Order } from "./order.ts";
import { settle } from "../settle.ts";
import { attachTpsl } from "../stops/tpsl.ts";

export function match(account: Account, order: Order): void {
  if (order.timeInForce === "PostOnly" || order.timeInForce === "RPI") {
    if (takeable(account, order).gt(0)) cancel(account, order, { rejectReason: "EC_PostOnlyWillTakeLiquidity" });
    else rest(account, order);
    return;
  }
  if (order.timeInForce === "FOK" && takeable(account, order).lt(leaves(order))) {
    cancel(account, order, { rejectReason: "EC_CancelForNoFullFill" });
    return;
  }
  const fills = order.byQuote ? takeByQuote(account, order) : take(account, order, leaves(order));
  for (const fill of fills) settle(account, order, fill, false);
  if (leaves(order).eq(0)) setStatus(account, order, "Filled");
  else if (order.timeInForce === "GTC") rest(account, order);
  else cancel(account, order, { rejectReason: leftoverReason(order) });
  afterFills(account, order);
}

/** The market's flow hit a resting order. */
export function fillResting(account: Account, order: Order, fill: Fill): void {
  settle(account, order, fill, true);
  setStatus(account, order, leaves(order).eq(0) ? "Filled" : "PartiallyFilled");
  afterFills(account, order);
}

function afterFills(account: Account, order: Order): void {
  if (order.cumExecQty.eq(0)) return;
  attachTpsl(account, order);
  if (order.category !== "spot") followPosition(account, order.category, order.symbol);
}

const leftoverReason = (order: Order): string =>
  order.category === "spot" && order.cumExecQty.gt(0) ? "EC_CancelForNoFullFill" : "EC_NoImmediateQtyToFill";

function takeable({ market }: Account, { orderId, category, symbol, side, price }: Order): Big {
  if (price === null) throw new Error(`Order ${orderId} takes any price, so it is neither FOK nor PostOnly.`);
  return market.takeable(category, symbol, side, price);
}

const take = ({ market }: Account, order: Order, qty: Big, limit: Big | null = order.price): Fill[] =>
  limit === null
    ? market.take(order.category, order.symbol, order.side, qty)
    : market.take(order.category, order.symbol, order.side, qty, limit);

/** Spends an amount of the quote coin level by level: how much that buys depends on each level's price. */
function takeByQuote(account: Account, order: Order): Fill[] {
  const { qtyStep } = instrumentOf(account, "spot", order.symbol);
  const fills: Fill[] = [];
  let budget = leaves(order);
  for (;;) {
    const { bid, ask } = account.market.quote("spot", order.symbol);
    const best = order.side === "Buy" ? ask : bid;
    if (best === null || (order.price !== null && (order.side === "Buy" ? best.gt(order.price) : best.lt(order.price))))
      return fills;
    const qty = floorTo(budget.div(best), qtyStep);
    const taken = qty.gt(0) ? take(account, order, qty, best) : [];
    if (taken.length === 0) return fills;
    fills.push(...taken);
    budget = budget.minus(taken.reduce((spent, fill) => spent.plus(fill.price.times(fill.qty)), zero));
  }
}
