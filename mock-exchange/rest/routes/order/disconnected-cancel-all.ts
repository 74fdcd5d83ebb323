/** Sets how long all private connections may be gone before open orders are cancelled. */

import { z } from "zod";
import { seconds } from "../../../../core/units.ts";
import { choice, parse, whole } from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { Reply, route } from "../../route.ts";

const schema = z.object({ product: choice(["OPTIONS", "DERIVATIVES", "SPOT"]), timeWindow: whole });

export default route({
  method: "POST",
  path: "/v5/order/disconnected-cancel-all",
  auth: "private",
  limit: { allowed: 5 },
  deed: "trade",
  handle: ({ body }, { engine }) => {
    const { product = "OPTIONS", timeWindow } = parse(schema, body);
    if (timeWindow === undefined || timeWindow < 3 || timeWindow > 300) throw paramsError("timeWindow invalid");
    engine.dcp.setWindow(product, seconds(timeWindow));
    return new Reply({}, "success");
  },
});
