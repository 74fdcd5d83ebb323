/** Leverage of a contract, the same for both sides in one-way mode. */

import { z } from "zod";
import * as field from "../../order-entry/fields.ts";
import { paramsError, RetError } from "../ret-codes.ts";
import { route } from "../route.ts";

const schema = z.object({
  category: z.enum(["linear", "inverse"]),
  symbol: field.symbol,
  buyLeverage: field.decimal,
  sellLeverage: field.decimal,
});

export default route({
  method: "POST",
  path: "/v5/position/set-leverage",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { category, symbol, buyLeverage, sellLeverage } = field.parse(schema, body);
      const instrument = account.market.instrument(category, symbol);
      if (instrument === undefined) throw paramsError("symbol invalid");
      if (buyLeverage === undefined) throw paramsError("buyLeverage invalid");
      if (sellLeverage === undefined) throw paramsError("sellLeverage invalid");
      const { positions } = account;
      if (positions.mode(category, symbol) === "one-way" && !buyLeverage.eq(sellLeverage))
        throw paramsError("buyLeverage must equal sellLeverage in one-way mode");
      for (const leverage of [buyLeverage, sellLeverage]) {
        if (leverage.lt(1)) throw paramsError("leverage invalid");
        if (leverage.gt(instrument.maxLeverage))
          throw new RetError(110013, "cannot set leverage due to risk limit level");
      }
      if (
        positions.leverage(category, symbol, "Buy").eq(buyLeverage) &&
        positions.leverage(category, symbol, "Sell").eq(sellLeverage)
      )
        throw new RetError(110043, "leverage not modified");
      positions.setLeverage(category, symbol, { Buy: buyLeverage, Sell: sellLeverage });
      account.outbox.position(category, symbol);
      return {};
    }),
});
