/**
 * What closing orders earned: one row an order, growing with its fills. Fees of both ways are in the result. An order
 * whose row was forgotten while it rested starts a new one.
 */

import type { Big } from "big.js";
import type { Side } from "../market/market.ts";
import { Newest } from "./newest.ts";
import { isLiquidation, type Order, type TradedCategory } from "./orders/order.ts";
import type { PositionChange } from "./position.ts";

export interface ClosedPnl {
  readonly category: TradedCategory;
  readonly symbol: string;
  readonly orderId: string;
  /** The closing side. */
  readonly side: Side;
  readonly orderPrice: Big;
  readonly orderType: string;
  readonly execType: "Trade" | "BustTrade";
  readonly qty: Big;
  readonly leverage: Big;
  readonly createdMs: number;
  closedSize: Big;
  entryValue: Big;
  exitValue: Big;
  openFee: Big;
  closeFee: Big;
  pnl: Big;
  fillCount: number;
  updatedMs: number;
}

export class ClosedPnlBook {
  readonly #byOrder = new Map<string, ClosedPnl>();
  readonly #rows: Newest<ClosedPnl>;

  constructor(keptRows: number) {
    this.#rows = new Newest(keptRows);
  }

  get size(): number {
    return this.#byOrder.size;
  }

  add(order: Order, change: PositionChange, leverage: Big, timeMs: number): ClosedPnl {
    const pnl = change.pnl.minus(change.openFee).minus(change.closeFee);
    const row = this.#byOrder.get(order.orderId);
    if (row !== undefined) {
      row.closedSize = row.closedSize.plus(change.closedQty);
      row.entryValue = row.entryValue.plus(change.entryValue);
      row.exitValue = row.exitValue.plus(change.exitValue);
      row.openFee = row.openFee.plus(change.openFee);
      row.closeFee = row.closeFee.plus(change.closeFee);
      row.pnl = row.pnl.plus(pnl);
      row.fillCount += 1;
      row.updatedMs = timeMs;
      return row;
    }
    const fresh: ClosedPnl = {
      category: order.category,
      symbol: order.symbol,
      orderId: order.orderId,
      side: order.side,
      orderPrice: order.price ?? order.lastPriceOnCreated,
      orderType: order.orderType,
      execType: isLiquidation(order) ? "BustTrade" : "Trade",
      qty: order.qty,
      leverage,
      createdMs: timeMs,
      closedSize: change.closedQty,
      entryValue: change.entryValue,
      exitValue: change.exitValue,
      openFee: change.openFee,
      closeFee: change.closeFee,
      pnl,
      fillCount: 1,
      updatedMs: timeMs,
    };
    this.#byOrder.set(order.orderId, fresh);
    for (const { orderId } of this.#rows.add(fresh)) this.#byOrder.delete(orderId);
    return fresh;
  }

  newestFirst(): ClosedPnl[] {
    return this.#rows.newestFirst();
  }
}
