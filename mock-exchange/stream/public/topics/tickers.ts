/** `tickers.{symbol}`: contracts send a snapshot and then what changed; spot and options send snapshots only. */

import type { Listing } from "../../../market/listing.ts";
import type { OptionListing } from "../../../market/options/option-listing.ts";
import { seqAt } from "../../../market/tape/public-trade.ts";
import { futureTicker } from "../../../market/views/future-ticker.ts";
import { optionTicker } from "../../../market/views/option-ticker.ts";
import { spotTicker } from "../../../market/views/spot-ticker.ts";
import { Frame } from "../../frame.ts";
import { topicKind, type Topic } from "../topic.ts";

export default topicKind({
  name: "tickers",
  open: ({ topic, parts, category, market }) => {
    const [symbol = ""] = parts;
    if (parts.length !== 1) return undefined;
    if (category === "option") {
      const option = market.option(symbol);
      return option === undefined ? undefined : optionTickers(topic, option);
    }
    const listing = market.listing(category, symbol);
    if (listing === undefined) return undefined;
    return category === "spot" ? spotTickers(topic, listing) : futureTickers(topic, listing);
  },
});

function futureTickers(topic: string, listing: Listing): Topic {
  const { symbol } = listing.spec.instrument;
  const state = (): Record<string, string> => {
    const { symbol: _symbol, deliveryTime, ...rest } = futureTicker(listing);
    const delivery = Number(deliveryTime) > 0 ? new Date(Number(deliveryTime)).toISOString().replace(".000", "") : "";
    const tickDirection = listing.tape.lastDirection(listing.untilMs);
    return { tickDirection, ...rest, deliveryTime: delivery };
  };
  let known = state();
  const message = (type: "snapshot" | "delta", data: Record<string, string>): Frame =>
    new Frame(JSON.stringify({ topic, type, data: { symbol, ...data }, cs: listing.seq, ts: listing.untilMs }));
  return {
    greeting: () => [message("snapshot", known)],
    step: () => {
      const next = state();
      const changed = Object.entries(next).filter(([key, value]) => known[key] !== value);
      known = next;
      return changed.length === 0 ? [] : [message("delta", Object.fromEntries(changed))];
    },
  };
}

function spotTickers(topic: string, listing: Listing): Topic {
  const shown = (): string => {
    const ticker = spotTicker(listing);
    const data = Object.fromEntries(spotKeys.map((key) => [key, ticker[key] ?? ""]));
    return JSON.stringify(data);
  };
  return snapshots(shown, (data) => {
    const ts = listing.untilMs;
    return `{"topic":"${topic}","ts":${ts},"type":"snapshot","cs":${listing.seq},"data":${data}}`;
  });
}

/** No bid and no ask. */
const spotKeys = [
  "symbol",
  "lastPrice",
  "highPrice24h",
  "lowPrice24h",
  "prevPrice24h",
  "volume24h",
  "turnover24h",
  "price24hPcnt",
  "usdIndexPrice",
];

const optionNames: Readonly<Record<string, string>> = {
  bid1Price: "bidPrice",
  bid1Size: "bidSize",
  bid1Iv: "bidIv",
  ask1Price: "askPrice",
  ask1Size: "askSize",
  ask1Iv: "askIv",
  markIv: "markPriceIv",
};

function optionTickers(topic: string, option: OptionListing): Topic {
  const shown = (): string =>
    JSON.stringify(
      Object.fromEntries(Object.entries(optionTicker(option)).map(([key, value]) => [optionNames[key] ?? key, value])),
    );
  return snapshots(shown, (data) => {
    const ts = option.untilMs;
    const id = `${topic}-${seqAt(ts)}-${ts}`;
    return `{"topic":"${topic}","ts":${ts},"type":"snapshot","id":"${id}","data":${data}}`;
  });
}

/** Sends the whole state whenever it changed. */
function snapshots(shown: () => string, message: (data: string) => string): Topic {
  let known = shown();
  return {
    greeting: () => [new Frame(message(known))],
    step: () => {
      const next = shown();
      if (next === known) return [];
      known = next;
      return [new Frame(message(known))];
    },
  };
}
