/** A frame and the next of its topic change places. */

import { z } from "zod";
import type { Frame } from "../../frame.ts";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({}),
  topic(_parameters, moment) {
    let held: Frame | undefined;
    return {
      frame(frame) {
        if (held === undefined) {
          held = frame;
          return "more";
        }
        moment.deliver(frame);
        moment.deliver(held);
        return "done";
      },
      end() {
        if (held !== undefined) moment.deliver(held);
      },
    };
  },
});
