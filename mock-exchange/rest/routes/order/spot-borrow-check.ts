/** How much of a spot pair can be bought or sold with what there is. Nothing can be borrowed here. */

import { floorTo, plain } from "../../../engine/decimal.ts";
import { lockedCoins } from "../../../engine/margin/margin.ts";
import { unknownSymbol } from "../../../engine/orders/order-errors.ts";
import { illegalCategory, paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/order/spot-borrow-check",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query }, { engine: { account } }) => {
    if (query.get("category") !== "spot") throw illegalCategory();
    const side = query.get("side");
    if (side !== "Buy" && side !== "Sell") throw paramsError("side invalid");
    const symbol = query.get("symbol") ?? "";
    const instrument = account.market.instrument("spot", symbol);
    if (instrument === undefined) throw unknownSymbol("spot");
    const coin = side === "Buy" ? instrument.quoteCoin : instrument.baseCoin;
    const free = account.wallet.balance(coin).minus(lockedCoins(account, coin));
    const { last } = account.market.quote("spot", symbol);
    const qty = plain(floorTo(side === "Buy" ? free.div(last) : free, instrument.qtyStep));
    const amount = plain((side === "Buy" ? free : free.times(last)).round(8));
    return {
      symbol,
      maxTradeQty: qty,
      side,
      spotMaxTradeAmount: amount,
      maxTradeAmount: amount,
      borrowCoin: coin,
      spotMaxTradeQty: qty,
    };
  },
});
