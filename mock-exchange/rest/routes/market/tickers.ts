/** Tickers of one symbol or of a whole category. */

import { futureTicker } from "../../../market/views/future-ticker.ts";
import { oncePerPresent } from "../../../market/views/once-per-present.ts";
import { optionTicker } from "../../../market/views/option-ticker.ts";
import { spotTicker } from "../../../market/views/spot-ticker.ts";
import { categoryOf, invalidSymbol } from "../../market-query.ts";
import { RetError } from "../../../protocol/ret-codes.ts";
import { JsonText, Reply, route } from "../../route.ts";

const spotText = oncePerPresent((listing) => JSON.stringify(spotTicker(listing)));
const futureText = oncePerPresent((listing) => JSON.stringify(futureTicker(listing)));

export default route({
  method: "GET",
  path: "/v5/market/tickers",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["spot", "linear", "inverse", "option"]);
    const symbol = query.get("symbol") ?? "";
    if (category === "option") {
      const baseCoin = query.get("baseCoin") ?? "";
      if (symbol === "" && baseCoin === "") throw new RetError(3100326, "BaseCoin is required");
      const expiry = query.get("expDate") ?? "";
      const options = market
        .options()
        .filter(({ spec }) => symbol === "" || spec.instrument.symbol === symbol)
        .filter(({ spec }) => baseCoin === "" || spec.instrument.baseCoin === baseCoin)
        .filter(({ spec }) => spec.instrument.symbol.includes(`-${expiry}`));
      return new Reply({ category, list: options.map(optionTicker) }, "SUCCESS");
    }
    const listing = market.listing(category, symbol);
    if (symbol !== "" && listing === undefined) throw invalidSymbol(category);
    const listings = listing === undefined ? market.listings(category) : [listing];
    const list = listings.map(category === "spot" ? spotText : futureText);
    return new JsonText(`{"category":"${category}","list":[${list.join()}]}`);
  },
});
