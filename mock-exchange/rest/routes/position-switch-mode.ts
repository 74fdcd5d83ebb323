/** One-way or hedge mode: of one contract, or of all that settle in a coin. */

import { z } from "zod";
import * as field from "../../order-entry/fields.ts";
import { paramsError, RetError } from "../ret-codes.ts";
import { route } from "../route.ts";

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
      const changing = contracts.filter((one) => account.positions.mode(category, one.symbol) !== wanted);
      if (changing.length === 0) throw new RetError(110025, "Position mode is not modified");
      for (const one of changing) {
        if (account.positions.rows(category, one.symbol).some(({ side }) => side !== ""))
          throw new RetError(110024, "You have an existing position, so the position mode cannot be switched");
        if (account.orders.open(category, one.symbol).length > 0)
          throw new RetError(110028, "You have existing open orders, so the position mode cannot be switched");
      }
      for (const one of changing) account.positions.setMode(category, one.symbol, wanted);
      return {};
    }),
});
