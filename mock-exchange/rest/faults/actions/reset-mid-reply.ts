/** The work is done and the reply begins; RST after `afterBytes` of its body, half of it where not given. */

import { z } from "zod";
import { restAction } from "../action.ts";

const parameters = z.strictObject({ afterBytes: z.int().nonnegative().optional() });

declare module "../action.ts" {
  interface RestActions {
    "reset-mid-reply": z.input<typeof parameters>;
  }
}

export default restAction({
  at: "reply",
  parameters,
  applies: ({ body }, { afterBytes = 0 }) => Buffer.byteLength(body) > afterBytes,
  act(request, { afterBytes }, reply) {
    const body = Buffer.from(reply.body);
    request.begin(reply);
    // At once it would overtake what was written.
    request.write(body.subarray(0, afterBytes ?? Math.floor(body.length / 2)), () => request.reset());
  },
});
