/**
 * A topic's rate times `times`, and every message true: a book's delta is restated with `u` rising by one, a snapshot
 * of one level, a ticker and an open candle are sent again. Trades must add up to the candles, so they are not
 * multiplied but sent one a frame, however many there are; a closed candle comes once. One hit a topic and connection.
 */

import { z } from "zod";
import { Frame } from "../../frame.ts";
import { streamAction, type TopicMoment } from "../action.ts";
import { isBookDelta } from "../book-frame.ts";

export default streamAction({
  on: ["topic"],
  streams: ["public"],
  parameters: z.strictObject({ times: z.int().min(2).max(1_000) }),
  wants: (_frame, topic) => /^(orderbook|tickers|kline|publicTrade)\./.test(topic),
  topic: ({ times }, moment) => ({
    frame(frame) {
      if (moment.topic.startsWith("publicTrade.")) oneByOne(moment, frame);
      else repeat(moment, frame, frame.text.includes('"confirm":true') ? 1 : times);
      return "more";
    },
  }),
});

function repeat(moment: TopicMoment, frame: Frame, times: number): void {
  moment.deliver(frame);
  for (let sent = 1; sent < times; sent += 1) {
    if (isBookDelta(frame, moment.topic)) moment.shift(1);
    moment.deliver(frame);
  }
}

function oneByOne(moment: TopicMoment, frame: Frame): void {
  const message = JSON.parse(frame.text) as { data: unknown[] };
  for (const trade of message.data) moment.deliver(new Frame(JSON.stringify({ ...message, data: [trade] })));
}
