/** `priceLimit.{symbol}`: the band in which an order's price may be. It carries no type. */

import { fixed } from "../../../market/decimal.ts";
import { priceBand } from "../../../market/views/price-band.ts";
import { Frame } from "../../frame.ts";
import { atMostEvery } from "../at-most-every.ts";
import { topicKind } from "../topic.ts";

const pushMs = 300;

export default topicKind({
  name: "priceLimit",
  open: ({ topic, parts, category, market }) => {
    const [symbol = ""] = parts;
    if (parts.length !== 1 || category === "option") return undefined;
    const listing = market.listing(category, symbol);
    if (listing === undefined) return undefined;
    const { tick } = listing.units;
    const state = (): string => {
      const { buy, sell } = priceBand(listing);
      return JSON.stringify({ symbol, buyLmt: fixed(buy, tick), sellLmt: fixed(sell, tick) });
    };
    // Shared by all who subscribe: who comes later is greeted with what was pushed last, so that nobody misses a change.
    let known = state();
    const push = (): Frame[] => [new Frame(`{"topic":"${topic}","ts":${listing.untilMs},"data":${known}}`)];
    const step = (): Frame[] => {
      const next = state();
      if (next === known) return [];
      known = next;
      return push();
    };
    return atMostEvery(pushMs, listing.untilMs, { greeting: push, step });
  },
});
