/** This many frames of a topic in a row are lost. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({ frames: z.int().min(1).default(1) }),
  topic({ frames }) {
    let left = frames;
    return {
      frame() {
        left -= 1;
        return left > 0 ? "more" : "done";
      },
    };
  },
});
