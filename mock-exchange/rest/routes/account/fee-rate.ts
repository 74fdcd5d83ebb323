/** What a trade costs. Only spot and options name their category in the result; options cost the same for a whole coin. */

import { feeRates } from "../../../engine/fees.ts";
import type { Account } from "../../../engine/account.ts";
import { narrow } from "../../narrow.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/fee-rate",
  auth: "private",
  limit: { allowed: 5 },
  handle: ({ query: asked }, { engine: { account } }) => {
    const query = new URLSearchParams(asked);
    // The docs call the category required; their examples and one SDK leave it out.
    if ((query.get("category") ?? "") === "") query.set("category", "linear");
    const { category, symbol, fits } = narrow(query, account);
    if (symbol !== "" && account.market.instrument(category, symbol) === undefined) throw paramsError("symbol invalid");
    if (category === "option") return { category, list: optionRows(query, account) };
    const { taker, maker } = feeRates[category];
    const list = account.market
      .instruments(category)
      .filter((instrument) => fits({ category, symbol: instrument.symbol }))
      .map((instrument) => ({ symbol: instrument.symbol, takerFeeRate: taker, makerFeeRate: maker }));
    return category === "spot" ? { category, list } : { list };
  },
});

const optionRate = { takerFeeRate: "0.0003", makerFeeRate: "0.0002" };

function optionRows(query: URLSearchParams, { market }: Account): Record<string, string>[] {
  const only = query.get("baseCoin") ?? "";
  const coins = new Set(market.instruments("option").map(({ baseCoin }) => baseCoin));
  return [...coins]
    .filter((baseCoin) => only === "" || baseCoin === only)
    .map((baseCoin) => ({ symbol: "", baseCoin, ...optionRate }));
}
