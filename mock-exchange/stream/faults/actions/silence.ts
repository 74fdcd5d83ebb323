/** A topic says nothing any more, while others and the answers to requests go on. One hit a topic and connection. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({}),
  topic: () => ({ frame: () => "more" }),
});
