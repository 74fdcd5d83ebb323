/** The message of a book's topic as JSON text. It is made for every state of every book, so it is put together by hand. */

import type { BookFeed } from "../../market/book/book-feed.ts";
import type { Side } from "../../market/book/liquidity.ts";
import { fixed } from "../../market/decimal.ts";
import type { Listing } from "../../market/listing.ts";
import type { Units } from "../../market/tape/units.ts";
import { Frame } from "../frame.ts";

export interface BookVoice {
  topic: string;
  listing: Listing;
  feed: BookFeed;
  /** Whether `type` stands before `ts`. */
  typeFirst: boolean;
  /** What stands behind a level's size: empty, or `,"0"` where levels have a third value. */
  behind?: string;
}

function bookMessage(voice: BookVoice, type: "snapshot" | "delta", bids: string, asks: string): Frame {
  const { topic, listing, feed } = voice;
  const ts = String(listing.untilMs);
  const head = voice.typeFirst ? `"type":"${type}","ts":${ts}` : `"ts":${ts},"type":"${type}"`;
  const data = `{"s":"${listing.spec.instrument.symbol}","b":${bids},"a":${asks},"u":${feed.u},"seq":${feed.seq}}`;
  return new Frame(`{"topic":"${topic}",${head},"data":${data},"cts":${ts}}`);
}

export function snapshotMessage(voice: BookVoice): Frame {
  const { feed, listing, behind = "" } = voice;
  return bookMessage(
    voice,
    "snapshot",
    rows(feed.sides.bids, listing.units, behind),
    rows(feed.sides.asks, listing.units, behind),
  );
}

/** What the feed's next state changes; undefined where it changes nothing. */
export function deltaMessage(voice: BookVoice): Frame | undefined {
  const { feed, listing, behind = "" } = voice;
  const delta = feed.sync();
  if (delta === undefined) return undefined;
  return bookMessage(
    voice,
    "delta",
    changes(delta.bids, listing.units, behind),
    changes(delta.asks, listing.units, behind),
  );
}

function rows(side: Side, units: Units, behind: string): string {
  const parts: string[] = [];
  for (let i = 0; i < side.length; i += 1) {
    parts.push(`["${fixed(side.prices[i] ?? 0, units.tick)}","${fixed(side.sizes[i] ?? 0, units.step)}"${behind}]`);
  }
  return `[${parts.join(",")}]`;
}

/** @param flat Price, size, price, size. */
function changes(flat: readonly number[], units: Units, behind: string): string {
  const parts: string[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    const size = flat[i + 1] ?? 0;
    parts.push(`["${fixed(flat[i] ?? 0, units.tick)}","${size === 0 ? "0" : fixed(size, units.step)}"${behind}]`);
  }
  return `[${parts.join(",")}]`;
}
