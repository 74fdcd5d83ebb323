/**
 * The first `bytes` of the body. `announced: "part"`: HTTP says that this is all, and only the JSON is broken.
 * `"whole"`: the length of the whole body is announced and FIN comes too early.
 */

import { z } from "zod";
import { restAction } from "../action.ts";

const parameters = z.strictObject({
  bytes: z.int().nonnegative(),
  announced: z.enum(["part", "whole"]).default("part"),
});

declare module "../action.ts" {
  interface RestActions {
    truncate: z.input<typeof parameters>;
  }
}

export default restAction({
  at: "reply",
  parameters,
  applies: ({ body }, { bytes }) => Buffer.byteLength(body) > bytes,
  act(request, { bytes, announced }, reply) {
    const part = Buffer.from(reply.body).subarray(0, bytes);
    if (announced === "part") {
      request.answer({ ...reply, body: part.toString("utf8") });
      return;
    }
    request.begin(reply);
    request.write(part, () => request.close());
  },
});
