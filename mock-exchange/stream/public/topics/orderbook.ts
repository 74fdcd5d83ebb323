/**
 * `orderbook.{depth}.{symbol}`: a snapshot, then deltas. One level is snapshots only, sent again after three seconds
 * without a change and with the same `u`.
 */

import { seconds } from "../../../../core/units.ts";
import type { Delta } from "../../../market/book/book-feed.ts";
import type { Side } from "../../../market/book/liquidity.ts";
import { fixed } from "../../../market/decimal.ts";
import type { Listing } from "../../../market/listing.ts";
import { Frame } from "../../frame.ts";
import { optionOrderbook } from "../option-orderbook.ts";
import { topicKind, type Topic } from "../topic.ts";

const depths = ["1", "50", "200", "1000"];
const optionDepths = ["25", "100"];
const repeatMs = seconds(3);

export default topicKind({
  name: "orderbook",
  open: ({ topic, parts, category, market }) => {
    const [depth = "", symbol = ""] = parts;
    if (parts.length !== 2) return undefined;
    if (category === "option") {
      const option = market.option(symbol);
      return option === undefined || !optionDepths.includes(depth)
        ? undefined
        : optionOrderbook(topic, option, Number(depth));
    }
    const listing = market.listing(category, symbol);
    if (listing === undefined || !depths.includes(depth)) return undefined;
    return orderbook(topic, listing, Number(depth));
  },
});

function orderbook(topic: string, listing: Listing, depth: number): Topic {
  const feed = listing.feed(depth);
  feed.sync();
  const typeFirst = depth > 1 && listing.spec.instrument.category !== "spot";
  let newest: { u: number; frame: Frame } | undefined;
  let sentMs = listing.untilMs;

  const message = (type: "snapshot" | "delta", bids: string, asks: string): Frame => {
    const ts = String(listing.untilMs);
    const head = typeFirst ? `"type":"${type}","ts":${ts}` : `"ts":${ts},"type":"${type}"`;
    const data = `{"s":"${listing.spec.instrument.symbol}","b":${bids},"a":${asks},"u":${feed.u},"seq":${listing.seq}}`;
    return new Frame(`{"topic":"${topic}",${head},"data":${data},"cts":${ts}}`);
  };
  const snapshot = (): Frame => {
    if (newest?.u !== feed.u) {
      newest = {
        u: feed.u,
        frame: message("snapshot", rows(feed.sides.bids, listing), rows(feed.sides.asks, listing)),
      };
    }
    return newest.frame;
  };
  const levelOne = (changed: boolean): Frame[] => {
    if (!changed && listing.untilMs - sentMs < repeatMs) return [];
    sentMs = listing.untilMs;
    newest = undefined;
    return [snapshot()];
  };

  return {
    greeting: () => [snapshot()],
    step: () => {
      const delta = feed.sync();
      if (depth === 1) return levelOne(delta !== undefined);
      return delta === undefined ? [] : [message("delta", flat(delta.bids, listing), flat(delta.asks, listing))];
    },
  };
}

function rows(side: Side, { units }: Listing): string {
  const parts: string[] = [];
  for (let i = 0; i < side.length; i += 1) {
    parts.push(`["${fixed(side.prices[i] ?? 0, units.tick)}","${fixed(side.sizes[i] ?? 0, units.step)}"]`);
  }
  return `[${parts.join(",")}]`;
}

function flat(changes: Delta["bids"], { units }: Listing): string {
  const parts: string[] = [];
  for (let i = 0; i < changes.length; i += 2) {
    const size = changes[i + 1] ?? 0;
    parts.push(`["${fixed(changes[i] ?? 0, units.tick)}","${size === 0 ? "0" : fixed(size, units.step)}"]`);
  }
  return `[${parts.join(",")}]`;
}
