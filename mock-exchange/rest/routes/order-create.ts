/** Places an order. The reply is only an acknowledgement; `order/realtime` tells what became of it. */

import { z } from "zod";
import { paramsError } from "../ret-codes.ts";
import { route } from "../route.ts";

const schema = z.object({
  category: z.enum(["linear", "inverse", "spot"]),
  symbol: z.string().regex(/^[A-Z0-9-]+$/),
  side: z.enum(["Buy", "Sell"]),
  orderType: z.enum(["Market", "Limit"]),
  qty: z.string().regex(/^\d+(\.\d+)?$/),
  price: z.string().optional(),
  timeInForce: z.enum(["GTC", "IOC", "FOK", "PostOnly"]).optional(),
  orderLinkId: z
    .string()
    .max(36)
    .regex(/^[A-Za-z0-9_-]*$/)
    .optional(),
});

export default route({
  method: "POST",
  path: "/v5/order/create",
  auth: "private",
  handle: ({ body, nowMs }, { orders, symbols }) => {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw paramsError(`${String(parsed.error.issues[0]?.path[0] ?? "body")} invalid`);
    if (!symbols.includes(parsed.data.symbol)) throw paramsError("symbol invalid");
    const { orderId, orderLinkId } = orders.create(parsed.data, nowMs);
    return { orderId, orderLinkId };
  },
});
