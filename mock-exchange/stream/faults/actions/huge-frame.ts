/** A genuine message grown to `bytes` by a key that means nothing: valid, and as large as a client may have to bear. */

import { z } from "zod";
import { Frame } from "../../frame.ts";
import { onFrame, streamAction } from "../action.ts";

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({
    bytes: z
      .int()
      .min(1)
      .max(256 * 2 ** 20)
      .default(5_000_000),
  }),
  topic: ({ bytes }, moment) =>
    onFrame((frame) => {
      const [head, tail] = [`${frame.text.slice(0, -1)},"padding":"`, '"}'];
      const missing = bytes - Buffer.byteLength(head) - tail.length;
      moment.deliver(missing < 0 ? frame : new Frame(`${head}${"x".repeat(missing)}${tail}`));
    }),
});
