/** The newest delivery prices of a coin, one for each day of delivery. */

import { deliveries } from "../../../market/derived/deliveries.ts";
import { categoryOf } from "../../market-query.ts";
import { RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/new-delivery-price",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const baseCoin = query.get("baseCoin") ?? "";
    if (baseCoin === "") throw new RetError(3100326, "BaseCoin is required");
    const category = categoryOf(query, ["linear", "inverse", "option"]);
    const byDay = new Map(
      deliveries(market, category)
        .filter((delivery) => delivery.baseCoin === baseCoin)
        .map(({ deliveryMs, price }) => [deliveryMs, price.toFixed(5)]),
    );
    const list = [...byDay].map(([ms, deliveryPrice]) => ({ deliveryPrice, deliveryTime: String(ms) }));
    return { category, list };
  },
});
