/**
 * A refusal, with nothing carried out: as on the wire, one bad topic refuses the whole frame. `topic` is the one the
 * refusal names, without it the first. `text` and, where answers have codes, `retCode` stand in for Bybit's own.
 */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["request"],
  parameters: z.strictObject({
    topic: z.string().optional(),
    text: z.string().min(1).optional(),
    retCode: z.int().optional(),
  }),
  request({ topic, text, retCode }, { session, text: request, op, topics }) {
    const named = topic ?? topics[0];
    const subscribes = op === "subscribe" || op === "unsubscribe";
    const usual =
      subscribes && named !== undefined ? `error:handler not found,topic:${named}` : "Internal server error.";
    session.refuse(request, { text: text ?? usual, ...(retCode === undefined ? {} : { retCode }) });
  },
});
