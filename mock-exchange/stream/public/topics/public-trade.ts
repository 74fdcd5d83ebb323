/** `publicTrade.{symbol}`; options by base coin. */

import { fixed, trimmed } from "../../../market/decimal.ts";
import type { Listing } from "../../../market/listing.ts";
import type { MarketData } from "../../../market/market-data.ts";
import { optionTick } from "../../../market/options/option-listing.ts";
import type { PublicTrade } from "../../../market/tape/public-trade.ts";
import { Frame } from "../../frame.ts";
import { topicKind, type Topic } from "../topic.ts";

const mostInMessage = 1_024;

export default topicKind({
  name: "publicTrade",
  open: ({ topic, parts, category, market }) => {
    const [symbol = ""] = parts;
    if (parts.length !== 1) return undefined;
    if (category === "option") return symbol === "BTC" ? optionTrades(topic, market) : undefined;
    const listing = market.listing(category, symbol);
    return listing === undefined ? undefined : trades(topic, listing);
  },
});

function trades(topic: string, listing: Listing): Topic {
  const { category, symbol } = listing.spec.instrument;
  const row = category === "spot" ? spotRow : futureRow;
  const head = (ts: number): string =>
    category === "spot"
      ? `{"topic":"${topic}","ts":${ts},"type":"snapshot","data":[`
      : `{"topic":"${topic}","type":"snapshot","ts":${ts},"data":[`;
  return {
    greeting: () => [],
    step: ({ fromMs, untilMs }) => {
      const found = listing.tape.trades(fromMs, untilMs);
      const frames: Frame[] = [];
      for (let at = 0; at < found.length; at += mostInMessage) {
        const rows = found.slice(at, at + mostInMessage).map((trade) => row(trade, symbol, listing));
        frames.push(new Frame(`${head(untilMs)}${rows.join(",")}]}`));
      }
      return frames;
    },
  };
}

const side = (trade: { buy: boolean }): string => (trade.buy ? "Buy" : "Sell");

const futureRow = (trade: PublicTrade, symbol: string, { units }: Listing): string =>
  `{"T":${trade.timeMs},"s":"${symbol}","S":"${side(trade)}","v":"${fixed(trade.size, units.step)}",` +
  `"p":"${fixed(trade.price, units.tick)}","L":"${trade.direction}","i":"${trade.id}","BT":false,"RPI":false,"seq":${trade.seq}}`;

const spotRow = (trade: PublicTrade, symbol: string, { units }: Listing): string =>
  `{"i":"${trade.id}","T":${trade.timeMs},"p":"${fixed(trade.price, units.tick)}","v":"${fixed(trade.size, units.step)}",` +
  `"S":"${side(trade)}","s":"${symbol}","BT":false,"RPI":false,"seq":${trade.seq}}`;

function optionTrades(topic: string, market: MarketData): Topic {
  return {
    greeting: () => [],
    step: ({ fromMs, untilMs }) => {
      const data = market
        .options()
        .flatMap((option) =>
          option.recent(mostInMessage, untilMs, fromMs).map((trade) => {
            const state = option.at(trade.timeMs);
            return {
              T: trade.timeMs,
              s: option.spec.instrument.symbol,
              S: side(trade),
              v: trimmed((trade.size / 100).toFixed(2)),
              p: String(trade.price * optionTick),
              i: trade.id,
              BT: false,
              RPI: false,
              mP: state.price.toFixed(8),
              iP: state.index.toFixed(2),
              mIv: state.iv.toFixed(4),
              iv: state.iv.toFixed(4),
              seq: trade.seq,
            };
          }),
        )
        .sort((a, b) => a.T - b.T);
      const id = `${topic}-${data[0]?.seq ?? 0}-${untilMs}`;
      return data.length === 0 ? [] : [new Frame(JSON.stringify({ topic, type: "snapshot", ts: untilMs, id, data }))];
    },
  };
}
