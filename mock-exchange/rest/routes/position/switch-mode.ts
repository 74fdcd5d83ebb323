/**
 * One-way or hedge mode: of one contract, or of all that settle in a coin. Only by symbol is anything refused: by coin
 * what has a position or an order is passed over, and it is a success where nothing changes at all. freqtrade sets
 * one-way mode by coin at each start, takes any refusal as fatal, and is restarted every day.
 */

import { z } from "zod";
import * as field from "../../../order-entry/fields.ts";
import type { Account } from "../../../engine/account.ts";
import type { TradedCategory } from "../../../engine/orders/order.ts";
import { paramsError, RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const schema = z.object({
  category: z.enum(["linear", "inverse"]),
  symbol: field.text,
  coin: field.text,
  mode: field.whole,
});

export default route({
  method: "POST",
  path: "/v5/position/switch-mode",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { category, symbol, coin, mode } = field.parse(schema, body);
      if (mode !== 0 && mode !== 3) throw paramsError("mode invalid");
      if (symbol === undefined && coin === undefined) throw paramsError("symbol or coin is required");
      const wanted = mode === 3 ? "hedge" : "one-way";
      const contracts = account.market
        .instruments(category)
        .filter((one) => (symbol === undefined ? one.settleCoin === coin : one.symbol === symbol));
      if (contracts.length === 0) throw paramsError("symbol invalid");
      for (const one of contracts) {
        if (account.positions.mode(category, one.symbol) === wanted) {
          if (symbol !== undefined) throw new RetError(110025, "Position mode is not modified");
          continue;
        }
        const why = refusal(account, category, one.symbol);
        if (why === undefined) account.positions.setMode(category, one.symbol, wanted);
        else if (symbol !== undefined) throw why;
      }
      return {};
    }),
});

function refusal(account: Account, category: TradedCategory, symbol: string): RetError | undefined {
  if (account.positions.rows(category, symbol).some(({ side }) => side !== ""))
    return new RetError(110024, "You have an existing position, so the position mode cannot be switched");
  if (account.orders.open(category, symbol).length > 0)
    return new RetError(110028, "You have existing open orders, so the position mode cannot be switched");
  return undefined;
}
