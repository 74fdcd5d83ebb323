/** Adds margin to an isolated position: answered with the position, and without effect, because margin is cross here. */

import { z } from "zod";
import { wrongPositionIdx } from "../../engine/order-errors.ts";
import { positionView } from "../../engine/views/position-view.ts";
import * as field from "../../order-entry/fields.ts";
import { paramsError, RetError } from "../ret-codes.ts";
import { route } from "../route.ts";

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
  handle: ({ body }, { engine: { account } }) => {
    const { category, symbol, margin, positionIdx = 0 } = field.parse(schema, body);
    if (account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
    if (margin === undefined || !/^-?\d+(\.\d+)?$/.test(margin)) throw paramsError("margin invalid");
    const position = account.positions.rows(category, symbol).find((row) => row.positionIdx === positionIdx);
    if (position === undefined) throw wrongPositionIdx();
    if (position.side === "") throw new RetError(110017, "current position is zero, cannot add margin");
    return { category, ...positionView(position, account) };
  },
});
