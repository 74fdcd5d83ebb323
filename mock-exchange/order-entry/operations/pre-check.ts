/**
 * Says what an order would do to the account's margin rates, without placing it. By REST only. What it does not support
 * is the docs'; in which words it is refused is not known.
 */

import { RetError } from "../../protocol/ret-codes.ts";
import type { OrderWish } from "../../engine/orders/new-order.ts";
import { priceTooLow } from "../../engine/orders/order-errors.ts";
import { maintenanceRate, orderMargin, positionMargin } from "../../engine/margin/margin.ts";
import { sum } from "../../engine/decimal.ts";
import type { Account } from "../../engine/account.ts";
import { valueOf } from "../../engine/position.ts";
import { walletView } from "../../engine/views/wallet-view.ts";
import { single } from "../operation.ts";
import { readOrder } from "../read-order.ts";

export default single({
  op: "order.pre-check",
  path: "/v5/order/pre-check",
  streamed: false,
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 10 } },
  run: (body, { account }) => {
    const wish = readOrder(body, account);
    const why = notSupported(wish, account);
    if (why !== undefined) throw new RetError(10001, why);
    const equity = Number(walletView(account).totalEquity);
    const tied = Number(initialMargin(account).toFixed());
    const price = wish.price ?? account.market.quote(wish.category, wish.symbol).last;
    if (price.lte(0)) throw priceTooLow(wish.category);
    const leverage = account.positions.leverage(wish.category, wish.symbol, wish.side);
    const value = valueOf(wish.category, price, wish.qty);
    const added = Number(value.div(leverage).toFixed());
    const e4 = (margin: number): number => (equity > 0 ? Math.round((margin / equity) * 10_000) : 0);
    const kept = Number(sum(account.positions.open().map((p) => positionMargin(account, p).maintenance)).toFixed());
    return {
      orderId: account.ids.uuid(),
      orderLinkId: wish.orderLinkId ?? "",
      preImrE4: e4(tied),
      preMmrE4: e4(kept),
      postImrE4: e4(tied + added),
      postMmrE4: e4(kept + Number(value.times(maintenanceRate).toFixed())),
    };
  },
});

function notSupported({ category, trigger }: OrderWish, { settings }: Account): string | undefined {
  if (settings.marginMode === "ISOLATED_MARGIN") return "pre-check is not supported in isolated margin mode";
  if (category === "spot") return "pre-check is not supported for spot";
  if (category === "inverse" && settings.marginMode === "REGULAR_MARGIN")
    return "pre-check is not supported for inverse in cross margin mode";
  return trigger == null ? undefined : "pre-check is not supported for conditional orders";
}

const initialMargin = (account: Account): ReturnType<typeof sum> =>
  sum([
    ...account.positions.open().map((position) => positionMargin(account, position).initial),
    ...account.positions.all().map(({ category, symbol }) => orderMargin(account, category, symbol)),
  ]);
