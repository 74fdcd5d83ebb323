/** What a trade costs. Only spot and options name their category in the result. */

import { feeRates } from "../../engine/fees.ts";
import { narrow } from "../narrow.ts";
import { paramsError } from "../ret-codes.ts";
import { route } from "../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/fee-rate",
  auth: "private",
  limit: { allowed: 5 },
  handle: ({ query }, { engine: { account } }) => {
    const { category, symbol, fits } = narrow(query, account);
    if (symbol !== "" && account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
    const { taker, maker } = feeRates[category];
    const list = account.market
      .instruments(category)
      .filter((instrument) => fits({ category, symbol: instrument.symbol }))
      .map((instrument) => ({ symbol: instrument.symbol, takerFeeRate: taker, makerFeeRate: maker }));
    return category === "spot" ? { category, list } : { list };
  },
});
