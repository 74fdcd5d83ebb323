/** Adds margin to an isolated position, or takes it back; answered with the position. */

import { Big } from "big.js";
import { z } from "zod";
import { addMargin } from "../../../engine/margin/adjust-margin.ts";
import { wrongPositionIdx } from "../../../engine/orders/order-errors.ts";
import { positionView } from "../../../engine/views/position-view.ts";
import * as field from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const schema = z.object({
  category: z.enum(["linear", "inverse"]),
  symbol: field.symbol,
  margin: field.text,
  positionIdx: field.whole,
});

export default route({
  method: "POST",
  path: "/v5/position/add-margin",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { category, symbol, margin, positionIdx = 0 } = field.parse(schema, body);
      if (account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
      if (margin === undefined || !/^-?\d{1,20}(\.\d{1,4})?$/.test(margin)) throw paramsError("margin invalid");
      const position = account.positions.rows(category, symbol).find((row) => row.positionIdx === positionIdx);
      if (position === undefined) throw wrongPositionIdx();
      addMargin(account, position, new Big(margin));
      return { category, ...positionView(position, account) };
    }),
});
