/**
 * After a position changed: orders that may only reduce it can no longer be larger than it is, stops on the whole
 * position follow its size, and what has nothing left to close ends.
 */

import type { Account } from "./account.ts";
import { zero } from "./decimal.ts";
import { cancel, rest } from "./orders/finish.ts";
import { isOpen, isResting, leaves, type Order, type TradedCategory } from "./orders/order.ts";
import type { Position } from "./position.ts";

export function followPosition(account: Account, category: TradedCategory, symbol: string): void {
  for (const position of account.positions.rows(category, symbol)) {
    if (position.size.eq(0)) position.trailingStop = zero;
    for (const order of account.orders.open(category, symbol)) {
      if (order.positionIdx === position.positionIdx && order.reduceOnly) fit(account, order, position);
    }
  }
}

function fit(account: Account, order: Order, position: Position): void {
  const closes = position.side !== "" && order.side !== position.side;
  if (!isOpen(order)) return;
  if (isTpsl(order)) {
    if (!closes) cancel(account, order, { cancelType: "CancelByTpSlTsClear" });
    else if (order.wholePosition && order.status === "Untriggered") order.qty = position.size;
    if (!closes || !isResting(order)) return;
  }
  // A stop of the user's own waits: when it fires it is fitted to what there is then.
  if (!isResting(order)) return;
  if (!closes) cancel(account, order, { cancelType: "CancelByReduceOnly" });
  else if (leaves(order).gt(position.size)) {
    account.market.unrest(order.orderId);
    order.qty = order.cumExecQty.plus(position.size);
    rest(account, order);
  }
}

const isTpsl = ({ stopOrderType }: Order): boolean => stopOrderType !== "" && stopOrderType !== "Stop";
