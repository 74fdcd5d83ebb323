/** Candles of the mark price; the only ones that options have. */

import { optionMarkRow } from "../../../market/views/candle-row.ts";
import { klineReply } from "../../kline-reply.ts";
import { optionOf } from "../../market-query.ts";
import { referenceKline } from "../../reference-kline.ts";
import { route } from "../../route.ts";

const contracts = referenceKline("/v5/market/mark-price-kline", "mark", ["linear", "inverse"]);
const mostOptionRows = 500;

export default route({
  ...contracts,
  handle: (request, state) => {
    if (request.query.get("category") !== "option") return contracts.handle(request, state);
    state.market.catchUp();
    const option = optionOf(request.query, state.market);
    return klineReply(request.query, option, {
      source: (level, index, untilMs) => option.markCandle(level, index, untilMs),
      row: optionMarkRow,
      most: mostOptionRows,
    });
  },
});
