/** An execution as REST and the private stream show it. Funding is one too, with an order that never was. */

import type { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { padded, plain } from "../decimal.ts";
import type { Execution } from "../execution.ts";

type View = Record<string, unknown>;

export function executionView(execution: Execution, account: Account): View {
  const { tickSize } = instrumentOf(account, execution.category, execution.symbol);
  const funding = execution.execType === "Funding";
  const spot = execution.category === "spot";
  // Spot pads to its tick, contracts leave closing zeros out.
  const priced = (value: Big): string => (spot ? padded(value, tickSize) : plain(value));
  return {
    symbol: execution.symbol,
    orderType: execution.orderType,
    underlyingPrice: "",
    orderLinkId: execution.orderLinkId,
    side: execution.side,
    indexPrice: spot ? "" : priced(execution.indexPrice),
    orderId: execution.orderId,
    stopOrderType: execution.stopOrderType === "" ? "UNKNOWN" : execution.stopOrderType,
    leavesQty: plain(execution.leavesQty),
    execTime: String(execution.timeMs),
    feeCurrency: spot ? execution.feeCurrency : "",
    createType: spot ? "" : execution.createType,
    isMaker: execution.isMaker,
    execFee: plain(execution.fee),
    feeRate: plain(execution.feeRate),
    execId: execution.execId,
    tradeIv: "",
    blockTradeId: "",
    markPrice: spot ? "" : priced(execution.markPrice),
    execPrice: priced(execution.price),
    markIv: "",
    orderQty: plain(execution.orderQty),
    orderPrice: funding || (spot && execution.orderType === "Market") ? "0" : priced(execution.orderPrice),
    execValue: plain(execution.value),
    execType: execution.execType,
    execQty: plain(execution.qty),
    closedSize: spot ? "" : plain(execution.closedSize),
    extraFees: "",
    seq: execution.seq,
    marketUnit: execution.marketUnit,
  };
}

export const executionPush = (execution: Execution, account: Account): View => ({
  category: execution.category,
  ...executionView(execution, account),
  isLeverage: execution.isLeverage ? "1" : "0",
  execPnl: plain(execution.pnl),
  // The stream sends a number's blank as a string that strict clients can read as zero.
  closedSize: plain(execution.closedSize),
});

/** The short form of the `execution.fast` topic. A maker's link id is left out, as Bybit does. */
export const fastExecution = (view: Readonly<View>): View => ({
  category: view.category,
  symbol: view.symbol,
  execId: view.execId,
  execPrice: view.execPrice,
  execQty: view.execQty,
  orderId: view.orderId,
  isMaker: view.isMaker,
  orderLinkId: view.isMaker === true ? "" : view.orderLinkId,
  side: view.side,
  execTime: view.execTime,
  seq: view.seq,
});
