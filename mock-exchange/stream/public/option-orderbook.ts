/** An option's book as a topic: snapshot and deltas, with an `id` of its own. */

import type { OptionListing } from "../../market/options/option-listing.ts";
import { optionBook, type OptionBook } from "../../market/views/option-book.ts";
import { Frame } from "../frame.ts";
import type { Topic } from "./topic.ts";

type Rows = OptionBook["bids"];

export function optionOrderbook(topic: string, option: OptionListing, depth: number): Topic {
  let book = optionBook(option, depth);
  let { u } = book;
  const message = (type: "snapshot" | "delta", b: Rows, a: Rows): Frame => {
    const { symbol } = option.spec.instrument;
    const ts = option.untilMs;
    const id = `${topic}-${book.seq}-${ts}`;
    return new Frame(
      JSON.stringify({ topic, ts, type, id, data: { s: symbol, b, a, u, seq: book.seq }, cts: book.ctsMs }),
    );
  };
  return {
    greeting: () => [message("snapshot", book.bids, book.asks)],
    step: () => {
      const before = book;
      book = optionBook(option, depth);
      if (book.u === before.u) return [];
      const bids = changes(before.bids, book.bids, -1);
      const asks = changes(before.asks, book.asks, 1);
      if (bids.length + asks.length === 0) return [];
      u += 1;
      return [message("delta", bids, asks)];
    },
  };
}

function changes(before: Rows, after: Rows, away: 1 | -1): Rows {
  const left = new Map(before);
  const found: Rows = [];
  for (const [price, size] of after) {
    if (left.get(price) !== size) found.push([price, size]);
    left.delete(price);
  }
  for (const price of left.keys()) found.push([price, "0"]);
  return found.sort(([a], [b]) => away * (Number(a) - Number(b)));
}
