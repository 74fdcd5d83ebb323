/**
 * `orderbook.{depth}.{symbol}`: a snapshot, then deltas. One level is snapshots only, sent again after three seconds
 * without a change and with the same `u`. `rpi` has three values a level; `full` has deltas only, and its snapshot comes
 * from REST.
 */

import { seconds } from "../../../../core/units.ts";
import { deepest, rpiDepth, type Listing } from "../../../market/listing.ts";
import type { Frame } from "../../frame.ts";
import { deltaMessage, snapshotMessage, type BookVoice } from "../book-text.ts";
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
    if (listing === undefined) return undefined;
    if (depth === "rpi")
      return book({ topic, listing, feed: listing.feed(rpiDepth, "rpi"), typeFirst: false, behind: ',"0"' });
    if (depth === "full") return category === "spot" ? fullBook(topic, listing) : undefined;
    if (!depths.includes(depth)) return undefined;
    const typeFirst = depth !== "1" && category !== "spot";
    const voice = { topic, listing, feed: listing.feed(Number(depth)), typeFirst };
    return depth === "1" ? bestLevel(voice) : book(voice);
  },
});

function book(voice: BookVoice): Topic {
  voice.feed.sync();
  const greeted = greetingOf(voice);
  return {
    greeting: () => [greeted()],
    step: () => {
      const delta = deltaMessage(voice);
      return delta === undefined ? [] : [delta];
    },
  };
}

function fullBook(topic: string, listing: Listing): Topic {
  const feed = listing.feed(deepest, "full");
  return { ...book({ topic, listing, feed, typeFirst: false }), greeting: () => [] };
}

function bestLevel(voice: BookVoice): Topic {
  const { feed, listing } = voice;
  feed.sync();
  const greeted = greetingOf(voice);
  let sentMs = listing.untilMs;
  return {
    greeting: () => [greeted()],
    step: () => {
      const changed = feed.sync() !== undefined;
      if (!changed && listing.untilMs - sentMs < repeatMs) return [];
      sentMs = listing.untilMs;
      return [snapshotMessage(voice)];
    },
  };
}

/** Many may subscribe within one state of the book; they get the same frame. */
function greetingOf(voice: BookVoice): () => Frame {
  let newest: { u: number; frame: Frame } | undefined;
  return () => {
    if (newest?.u !== voice.feed.u) newest = { u: voice.feed.u, frame: snapshotMessage(voice) };
    return newest.frame;
  };
}
