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
    let known = "";
    const changed = (): Frame[] => {
      const { buy, sell } = priceBand(listing);
      const data = JSON.stringify({ symbol, buyLmt: fixed(buy, tick), sellLmt: fixed(sell, tick) });
      if (data === known) return [];
      known = data;
      return [new Frame(`{"topic":"${topic}","ts":${listing.untilMs},"data":${data}}`)];
    };
    const greeting = (): Frame[] => {
      known = "";
      return changed();
    };
    return atMostEvery(pushMs, listing.untilMs, { greeting, step: changed });
  },
});
