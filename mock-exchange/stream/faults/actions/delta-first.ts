/**
 * On a subscription the first delta comes before the snapshot. The snapshot that follows holds that delta already, so a
 * client that drops deltas until the snapshot ends with the right book.
 */

import { z } from "zod";
import type { Frame } from "../../frame.ts";
import { streamAction } from "../action.ts";
import { isSnapshot } from "../book-frame.ts";

export default streamAction({
  on: ["topic"],
  streams: ["public"],
  parameters: z.strictObject({}),
  // Other topics have no deltas: nothing would ever come first.
  wants: (frame, topic) => /^(orderbook\.(?!1\.)|tickers\.)/.test(topic) && isSnapshot(frame),
  topic(_parameters, moment) {
    let greeting: Frame | undefined;
    return {
      frame(frame) {
        if (greeting === undefined) {
          greeting = frame;
          return "more";
        }
        moment.deliver(frame);
        moment.deliver(moment.snapshot() ?? greeting);
        return "done";
      },
      end() {
        const snapshot = moment.snapshot() ?? greeting;
        if (snapshot !== undefined) moment.deliver(snapshot);
      },
    };
  },
});
