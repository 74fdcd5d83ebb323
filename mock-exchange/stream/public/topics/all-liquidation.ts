/** `allLiquidation.{symbol}`: the forced exits of each half second, contracts only. */

import { fixed } from "../../../market/decimal.ts";
import { liquidationsIn } from "../../../market/derived/liquidations.ts";
import { Frame } from "../../frame.ts";
import { atMostEvery } from "../at-most-every.ts";
import { topicKind } from "../topic.ts";

const pushMs = 500;

export default topicKind({
  name: "allLiquidation",
  open: ({ topic, parts, category, market }) => {
    const [symbol = ""] = parts;
    if (parts.length !== 1 || category === "spot" || category === "option") return undefined;
    const listing = market.listing(category, symbol);
    if (listing === undefined) return undefined;
    const { tick, step } = listing.units;
    let pushedMs = listing.untilMs;
    return atMostEvery(pushMs, pushedMs, {
      greeting: () => [],
      step: ({ untilMs }) => {
        if (listing.spec.sparse.quiet > 0) return [];
        const fromMs = pushedMs;
        pushedMs = untilMs;
        const data = liquidationsIn(listing.tape.flow.trades(fromMs, untilMs), listing.key).map((liquidation) => ({
          T: liquidation.timeMs,
          s: symbol,
          S: liquidation.long ? "Buy" : "Sell",
          v: fixed(liquidation.size, step),
          p: fixed(liquidation.price, tick),
        }));
        return data.length === 0 ? [] : [new Frame(JSON.stringify({ topic, type: "snapshot", ts: untilMs, data }))];
      },
    });
  },
});
