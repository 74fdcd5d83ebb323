/** Half of a data frame, then a TCP reset. */

import { z } from "zod";
import { onFrame, streamAction } from "../action.ts";

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({}),
  topic: (_parameters, { socket }) => onFrame((frame) => socket.resetWithin(frame)),
});
