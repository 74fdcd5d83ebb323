/** A row of the transaction log as REST shows it. */

import { plain } from "../decimal.ts";
import type { Transaction } from "../wallet.ts";

export const transactionView = (row: Transaction): Record<string, unknown> => ({
  transSubType: "",
  id: row.id,
  tradeId: row.tradeId,
  symbol: row.symbol,
  category: row.category,
  side: row.side === "" ? "None" : row.side,
  transactionTime: String(row.timeMs),
  type: row.type,
  qty: plain(row.qty),
  size: plain(row.size),
  currency: row.coin,
  tradePrice: plain(row.tradePrice),
  funding: row.type === "SETTLEMENT" ? plain(row.funding) : "",
  fee: plain(row.fee),
  cashFlow: plain(row.cashFlow),
  change: plain(row.change),
  cashBalance: plain(row.cashBalance),
  feeRate: plain(row.feeRate),
  bonusChange: "",
  orderId: row.orderId,
  orderLinkId: row.orderLinkId,
  extraFees: "",
});
