/** The snapshot of a subscription is lost, and its deltas come: whoever waits for it has no book. */

import { z } from "zod";
import { onFrame, streamAction } from "../action.ts";
import { isSnapshot } from "../book-frame.ts";

export default streamAction({
  on: ["topic"],
  streams: ["public"],
  parameters: z.strictObject({}),
  // Other topics have no deltas: nothing would follow.
  wants: (frame, topic) => /^(orderbook\.(?!1\.)|tickers\.)/.test(topic) && isSnapshot(frame),
  topic: () => onFrame(() => undefined),
});
