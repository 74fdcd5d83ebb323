/** Prices at which contracts were delivered, newest first. A perpetual has none, and is refused in words of its own. */

import { deliveries, type Delivery } from "../../../market/derived/deliveries.ts";
import { categoryOf } from "../../market-query.ts";
import { page } from "../../page.ts";
import { RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/delivery-price",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["linear", "inverse", "option"]);
    const [symbol = "", baseCoin = "", settleCoin = ""] = ["symbol", "baseCoin", "settleCoin"].map(
      (name) => query.get(name) ?? "",
    );
    if (market.instrument(category, symbol)?.info.deliveryTime === "0")
      throw new RetError(10001, "params error: Symbol Invalid");
    const fitting = deliveries(market, category)
      .filter((delivery) => symbol === "" || delivery.symbol === symbol)
      .filter((delivery) => baseCoin === "" || delivery.baseCoin === baseCoin)
      .filter((delivery) => settleCoin === "" || delivery.settleCoin === settleCoin);
    const nameOf = ({ symbol: name, deliveryMs }: Delivery): string => `${name}:${deliveryMs}`;
    const { items, nextPageCursor } = page(fitting, { query, defaultLimit: 50, maxLimit: 200, nameOf });
    const list = items.map(({ symbol: name, price, deliveryMs }) => ({
      ...{ symbol: name, deliveryPrice: price.toFixed(5), deliveryTime: String(deliveryMs) },
    }));
    return { category, nextPageCursor, list };
  },
});
