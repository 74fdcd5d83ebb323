/**
 * Pays funding at funding times: longs pay shorts where the rate is positive. It looks at every full UTC hour, because
 * no contract settles more often, and asks each contract whether this is one of its hours.
 */

import { Big } from "big.js";
import type { Clock, Timer } from "../../core/clock.ts";
import { hours } from "../../core/units.ts";
import { instrumentOf, type Account } from "./account.ts";
import { booked, zero } from "./decimal.ts";
import type { TradedCategory } from "./orders/order.ts";
import { valueOf, type Position } from "./position.ts";
import { record } from "./settle.ts";

/** The rate that is settled at that hour, epoch ms; the market seam does not carry it. */
export type FundingRateOf = (category: TradedCategory, symbol: string, hourMs: number) => Big;

/** Where nothing else is known: what most contracts settle most of the time. */
export const steadyFundingRate = (): Big => new Big("0.0001");

export function scheduleFunding(clock: Clock, settleAt: (hourMs: number) => void): Timer {
  let timer: Timer;
  const arm = (): void => {
    const nextMs = (Math.floor(clock.now() / hours(1)) + 1) * hours(1);
    timer = clock.after(nextMs - clock.now(), () => {
      settleAt(nextMs);
      arm();
    });
  };
  arm();
  return { cancel: () => timer.cancel() };
}

export function settleFunding(account: Account, rateOf: FundingRateOf, hourMs: number): void {
  for (const position of account.positions.open()) {
    const { fundingInterval } = instrumentOf(account, position.category, position.symbol).info;
    const intervalMs = typeof fundingInterval === "number" ? fundingInterval * 60_000 : 0;
    if (intervalMs > 0 && hourMs % intervalMs === 0)
      pay(account, position, rateOf(position.category, position.symbol, hourMs));
  }
}

function pay(account: Account, position: Position, rate: Big): void {
  const { category, symbol, side, size } = position;
  if (side === "" || rate.eq(0)) return;
  const { mark, index } = account.market.quote(category, symbol);
  const { settleCoin } = instrumentOf(account, category, symbol);
  const timeMs = account.now();
  const value = valueOf(category, mark, size);
  const paid = booked(value.times(rate)).times(side === "Buy" ? 1 : -1);
  const execId = account.ids.uuid();
  const orderId = account.ids.uuid();
  position.curRealisedPnl = position.curRealisedPnl.minus(paid);
  position.cumRealisedPnl = position.cumRealisedPnl.minus(paid);
  position.updatedMs = timeMs;
  account.wallet.book({
    ...{ type: "SETTLEMENT", category, symbol, side, timeMs, coin: settleCoin, cashFlow: zero, fee: zero },
    ...{ funding: paid.neg(), qty: size, size, tradePrice: mark, feeRate: rate, tradeId: execId },
    ...{ orderId, orderLinkId: "" },
  });
  record(account, {
    ...{ serial: account.ids.serial(), execType: "Funding", category, symbol, side, orderId, orderLinkId: "" },
    ...{ orderType: "UNKNOWN", stopOrderType: "UNKNOWN", createType: "", orderPrice: zero, orderQty: zero },
    ...{ leavesQty: zero, marketUnit: "", isLeverage: false, execId, price: mark, qty: size, value, fee: paid },
    ...{ feeRate: rate, feeCurrency: settleCoin, isMaker: false, markPrice: mark, indexPrice: index },
    ...{ closedSize: zero, pnl: zero, seq: position.seq, timeMs },
  });
  account.outbox.position(category, symbol);
  account.outbox.wallet();
}
