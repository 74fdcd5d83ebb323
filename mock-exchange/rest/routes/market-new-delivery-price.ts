/** The newest delivery prices of a coin. Nothing that is listed here has been delivered yet. */

import { categoryOf } from "../market-query.ts";
import { RetError } from "../ret-codes.ts";
import { route } from "../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/new-delivery-price",
  auth: "public",
  handle: ({ query }) => {
    if ((query.get("baseCoin") ?? "") === "") throw new RetError(3100326, "BaseCoin is required");
    return { category: categoryOf(query, ["linear", "inverse", "option"]), list: [] };
  },
});
