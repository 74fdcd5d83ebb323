/**
 * Bybit's service restart: a snapshot with `u` 1 in place of a delta, and the deltas after it go on from there. The
 * connection keeps these numbers until it subscribes anew; REST and other connections keep the old ones.
 */

import { z } from "zod";
import { onFrame, streamAction } from "../action.ts";
import { isBookDelta, uOf } from "../book-frame.ts";

export default streamAction({
  on: ["topic"],
  streams: ["public"],
  parameters: z.strictObject({}),
  wants: isBookDelta,
  topic: (_parameters, moment) =>
    onFrame((frame) => {
      const snapshot = moment.snapshot();
      const u = snapshot === undefined ? undefined : uOf(snapshot);
      if (snapshot === undefined || u === undefined) {
        moment.deliver(frame);
        return;
      }
      moment.renumber(u, 1);
      moment.deliver(snapshot);
    }),
});
