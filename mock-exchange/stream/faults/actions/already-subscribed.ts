/** A subscription is answered with `already subscribed` for its first topic, which refuses all of them. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["request"],
  streams: ["public", "private"],
  ops: ["subscribe"],
  parameters: z.strictObject({ topic: z.string().optional() }),
  request({ topic }, { session, text, topics }) {
    session.refuse(text, { text: `error:already subscribed,topic:${topic ?? topics[0] ?? ""}` });
  },
});
