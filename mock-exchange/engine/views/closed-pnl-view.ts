/** A row of closed PnL as REST shows it. */

import { instrumentOf, type Account } from "../account.ts";
import type { ClosedPnl } from "../closed-pnl.ts";
import { padded, plain } from "../decimal.ts";

export function closedPnlView(row: ClosedPnl, account: Account): Record<string, unknown> {
  const { tickSize } = instrumentOf(account, row.category, row.symbol);
  const average = (value: ClosedPnl["entryValue"]): string =>
    value.eq(0)
      ? "0"
      : plain((row.category === "inverse" ? row.closedSize.div(value) : value.div(row.closedSize)).round(8));
  return {
    symbol: row.symbol,
    orderType: row.orderType,
    leverage: plain(row.leverage),
    updatedTime: String(row.updatedMs),
    side: row.side,
    orderId: row.orderId,
    closedPnl: plain(row.pnl),
    avgEntryPrice: average(row.entryValue),
    qty: plain(row.qty),
    cumEntryValue: plain(row.entryValue),
    createdTime: String(row.createdMs),
    orderPrice: padded(row.orderPrice, tickSize),
    closedSize: plain(row.closedSize),
    avgExitPrice: average(row.exitValue),
    execType: row.execType,
    fillCount: String(row.fillCount),
    cumExitValue: plain(row.exitValue),
    openFee: plain(row.openFee),
    closeFee: plain(row.closeFee),
  };
}
