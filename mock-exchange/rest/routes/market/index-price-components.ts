/** Which exchanges make up an index price. Invented, and always the same three. */

import { fixed } from "../../../market/decimal.ts";
import { unsupportedSymbol } from "../../market-query.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const exchanges = ["Bybit", "Binance", "Coinbase"];

export default route({
  method: "GET",
  path: "/v5/market/index-price-components",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const indexName = query.get("indexName") ?? "";
    if (indexName === "") throw paramsError("indexName is required");
    const listing = market.listing("linear", indexName);
    if (listing === undefined) throw unsupportedSymbol();
    const lastPrice = fixed(listing.prices.index(listing.untilMs), listing.units.tick);
    const spotPair = indexName;
    return {
      indexName,
      lastPrice,
      updateTime: String(listing.untilMs),
      components: exchanges.map((exchange) => ({
        exchange,
        spotPair,
        equivalentPrice: lastPrice,
        multiplier: "1",
        price: lastPrice,
        weight: (1 / exchanges.length).toFixed(8),
      })),
    };
  },
});
