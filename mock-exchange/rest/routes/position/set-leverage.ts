/** Leverage of a contract, the same for both sides but in hedge mode with isolated margin. */

import { z } from "zod";
import { setLeverage } from "../../../engine/margin/adjust-margin.ts";
import * as field from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

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
      if (account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
      if (buyLeverage === undefined) throw paramsError("buyLeverage invalid");
      if (sellLeverage === undefined) throw paramsError("sellLeverage invalid");
      setLeverage(account, { category, symbol, Buy: buyLeverage, Sell: sellLeverage });
      return {};
    }),
});
