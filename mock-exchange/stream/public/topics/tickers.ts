/** `tickers.{symbol}`: contracts send a snapshot and then what changed; spot and options send snapshots only. */

import type { Listing } from "../../../market/listing.ts";
import type { OptionListing } from "../../../market/options/option-listing.ts";
import { seqAt } from "../../../market/tape/public-trade.ts";
import { futureTicker } from "../../../market/views/future-ticker.ts";
import { optionTicker } from "../../../market/views/option-ticker.ts";
import { spotTicker } from "../../../market/views/spot-ticker.ts";
import { Frame } from "../../frame.ts";
import { atMostEvery } from "../at-most-every.ts";
import { topicKind, type Topic } from "../topic.ts";

/** However fine the steps of the market are, which books of few levels need. */
const contractMs = 100;
const spotMs = 50;
const optionMs = 100;

export default topicKind({
  name: "tickers",
  open: ({ topic, parts, category, market }) => {
    const [symbol = ""] = parts;
    if (parts.length !== 1) return undefined;
    if (category === "option") {
      const option = market.option(symbol);
      return option === undefined ? undefined : atMostEvery(optionMs, option.untilMs, optionTickers(topic, option));
    }
    const listing = market.listing(category, symbol);
    if (listing === undefined) return undefined;
    return category === "spot"
      ? atMostEvery(spotMs, listing.untilMs, spotTickers(topic, listing))
      : atMostEvery(contractMs, listing.untilMs, futureTickers(topic, listing));
  },
});

function futureTickers(topic: string, listing: Listing): Topic {
  const { symbol } = listing.spec.instrument;
  const state = (): Record<string, string> => {
    const ticker = futureTicker(listing);
    const tickDirection = listing.tape.lastDirection(listing.untilMs);
    const shown = Object.entries(ticker).filter(([name]) => name !== "symbol" && !ofDelivery.has(name));
    const all = { tickDirection, ...Object.fromEntries(shown) };
    return listing.spec.deliveryMs > 0 ? { ...all, ...delivery(ticker) } : all;
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

/** What only a contract with an end has in its stream; REST shows it blank of the others. */
const ofDelivery = new Set([
  ...["deliveryTime", "basisRate", "deliveryFeeRate", "predictedDeliveryPrice", "basis", "basisRateYear"],
]);

/** A date where REST has a number. */
function delivery(ticker: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.fromEntries([...ofDelivery].map((name) => [name, ticker[name] ?? ""]));
  const endMs = Number(ticker.deliveryTime);
  return { ...own, deliveryTime: new Date(endMs).toISOString().replace(".000", "") };
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
