/** Prices at which contracts were delivered. Nothing that is listed here has been delivered yet. */

import { categoryOf, limitOf } from "../market-query.ts";
import { route } from "../route.ts";

const defaultRows = 50;
const mostRows = 200;

export default route({
  method: "GET",
  path: "/v5/market/delivery-price",
  auth: "public",
  handle: ({ query }) => {
    limitOf(query, defaultRows, mostRows);
    return { category: categoryOf(query, ["linear", "inverse", "option"]), nextPageCursor: "", list: [] };
  },
});
