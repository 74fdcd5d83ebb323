/** The newest public trades, newest first. */

import { trimmed } from "../../../market/decimal.ts";
import { optionTick } from "../../../market/options/option-listing.ts";
import { recentTradeRows } from "../../../market/views/trade-rows.ts";
import { categoryOf, limitOf, listingOf } from "../../market-query.ts";
import { JsonText, route } from "../../route.ts";

const defaultRows = { spot: 60, linear: 500, inverse: 500, option: 500 } as const;
const mostRows = { spot: 60, linear: 1_000, inverse: 1_000, option: 1_000 } as const;

export default route({
  method: "GET",
  path: "/v5/market/recent-trade",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["spot", "linear", "inverse", "option"]);
    const limit = limitOf(query, defaultRows[category], mostRows[category]);
    if (category === "option") {
      const symbol = query.get("symbol") ?? "";
      const baseCoin = query.get("baseCoin") ?? "BTC";
      const type = query.get("optionType") ?? "";
      const list = market
        .options()
        .filter(({ spec }) =>
          symbol === "" ? spec.instrument.baseCoin === baseCoin : spec.instrument.symbol === symbol,
        )
        .filter(({ spec }) => type === "" || spec.instrument.info.optionsType === type)
        .flatMap((option) =>
          option.recent(limit, option.untilMs).map((trade) => {
            const state = option.at(trade.timeMs);
            return {
              execId: trade.id,
              symbol: option.spec.instrument.symbol,
              price: String(trade.price * optionTick),
              size: trimmed((trade.size / 100).toFixed(2)),
              side: trade.buy ? "Buy" : "Sell",
              time: String(trade.timeMs),
              isBlockTrade: false,
              isRPITrade: false,
              seq: String(trade.seq),
              mP: state.price.toFixed(8),
              iP: state.index.toFixed(2),
              mIv: state.iv.toFixed(4),
              iv: state.iv.toFixed(4),
            };
          }),
        );
      return { category, list: list.sort((a, b) => Number(b.time) - Number(a.time)).slice(0, limit) };
    }
    const listing = listingOf(query, market, category);
    return new JsonText(`{"category":"${category}","list":[${recentTradeRows(listing, limit).join()}]}`);
  },
});
