/** How near contracts are to auto-deleveraging: one, or all of them. */

import { minutes } from "../../../../core/units.ts";
import { adlAlert } from "../../../market/views/adl-alert.ts";
import { unsupportedSymbol } from "../../market-query.ts";
import { route } from "../../route.ts";

const refreshedMs = minutes(1);

export default route({
  method: "GET",
  path: "/v5/market/adlAlert",
  auth: "public",
  handle: ({ query, nowMs }, { market }) => {
    const symbol = query.get("symbol") ?? "";
    const contracts = [...market.listings("linear"), ...market.listings("inverse")];
    const shown = contracts.filter(({ spec }) => symbol === "" || spec.instrument.symbol === symbol);
    if (shown.length === 0) throw unsupportedSymbol();
    return { updatedTime: String(Math.floor(nowMs / refreshedMs) * refreshedMs), list: shown.map(adlAlert) };
  },
});
