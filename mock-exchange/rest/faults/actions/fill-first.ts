/**
 * The market is faster: the resting orders that a request names are filled right before the request is served, so that a
 * cancel or an amendment finds them ended (110001). One order or those of a batch, by whichever id they are named; a
 * request that names none is served as ever.
 */

import { z } from "zod";
import type { Account } from "../../../engine/account.ts";
import { isResting, type Order } from "../../../engine/orders/order.ts";
import { noParameters, restAction } from "../action.ts";

declare module "../action.ts" {
  interface RestActions {
    "fill-first": unknown;
  }
}

const named = z.looseObject({ orderId: z.string().default(""), orderLinkId: z.string().default("") });
const batch = z.looseObject({ request: z.array(named) });

export default restAction({
  at: "request",
  parameters: noParameters,
  act(request) {
    const { account } = request.means;
    for (const { orderId } of restingIn(request.record.payload, account)) account.market.hit(orderId);
    request.answer(request.execute());
  },
});

function restingIn(body: string, { orders }: Account): Order[] {
  const json = jsonOf(body);
  const whole = batch.safeParse(json);
  const names = whole.success ? whole.data.request : [named.safeParse(json).data ?? { orderId: "", orderLinkId: "" }];
  return names
    .map(({ orderId, orderLinkId }) => (orderId === "" ? orders.byLinkId(orderLinkId) : orders.byId(orderId)))
    .filter((order) => order !== undefined)
    .filter(isResting);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
