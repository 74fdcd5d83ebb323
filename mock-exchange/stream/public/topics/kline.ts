/** `kline.{interval}.{symbol}`: the open candle about once a second, and each closed one once with `confirm`. */

import { seconds } from "../../../../core/units.ts";
import { fixed, trimmed } from "../../../market/decimal.ts";
import type { Listing } from "../../../market/listing.ts";
import { intervals, type Interval } from "../../../market/tape/intervals.ts";
import { kline, type CandleSource } from "../../../market/tape/klines.ts";
import { Frame } from "../../frame.ts";
import { topicKind, type Topic } from "../topic.ts";

const pushMs = seconds(1);

export default topicKind({
  name: "kline",
  open: ({ topic, parts, category, market }) => {
    const [name = "", symbol = ""] = parts;
    const interval = intervals.get(name);
    if (parts.length !== 2 || interval === undefined || category === "option") return undefined;
    const listing = market.listing(category, symbol);
    return listing === undefined ? undefined : candles(topic, listing, interval);
  },
});

function candles(topic: string, listing: Listing, interval: Interval): Topic {
  const source: CandleSource = (level, index, untilMs) => listing.tape.candle(level, index, untilMs);
  const { tick, step } = listing.units;
  let openMs = interval.startOf(listing.untilMs);
  let sentMs = listing.untilMs;
  const message = (startMs: number, confirm: boolean): Frame[] => {
    const ts = listing.untilMs;
    const candle = kline(source, interval, startMs, ts);
    if (candle === undefined) return [];
    const price = (ticks: number): string => trimmed(fixed(ticks, tick));
    const row = {
      start: startMs,
      end: interval.after(startMs) - 1,
      interval: interval.name,
      open: price(candle.open),
      close: price(candle.close),
      high: price(candle.high),
      low: price(candle.low),
      volume: trimmed(fixed(candle.volume, step)),
      turnover: trimmed(listing.units.turnoverText(candle.turnover)),
      confirm,
      timestamp: ts,
    };
    return [new Frame(JSON.stringify({ topic, data: [row], ts, type: "snapshot" }))];
  };
  return {
    greeting: () => message(openMs, false),
    step: ({ untilMs }) => {
      const frames: Frame[] = [];
      for (; interval.after(openMs) <= untilMs; openMs = interval.after(openMs)) frames.push(...message(openMs, true));
      if (frames.length === 0 && untilMs - sentMs < pushMs) return frames;
      sentMs = untilMs;
      frames.push(...message(openMs, false));
      return frames;
    },
  };
}
