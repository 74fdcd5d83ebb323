/** A frame comes again, byte for byte. */

import { z } from "zod";
import { onFrame, streamAction } from "../action.ts";

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({ copies: z.int().min(1).max(1_000).default(1) }),
  topic: ({ copies }, moment) =>
    onFrame((frame) => {
      for (let sent = 0; sent <= copies; sent += 1) moment.deliver(frame);
    }),
});
