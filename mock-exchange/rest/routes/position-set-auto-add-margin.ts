/** Adds margin by itself in isolated margin; accepted, and without effect, because all margin is cross here. */

import { z } from "zod";
import * as field from "../../order-entry/fields.ts";
import { paramsError } from "../ret-codes.ts";
import { route } from "../route.ts";

const schema = z.object({ category: z.enum(["linear", "inverse"]), symbol: field.symbol, autoAddMargin: field.whole });

export default route({
  method: "POST",
  path: "/v5/position/set-auto-add-margin",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: ({ body }, { engine: { account } }) => {
    const { category, symbol, autoAddMargin } = field.parse(schema, body);
    if (account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
    if (autoAddMargin !== 0 && autoAddMargin !== 1) throw paramsError("autoAddMargin invalid");
    return {};
  },
});
