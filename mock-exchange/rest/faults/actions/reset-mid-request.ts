/** RST while the body is still being sent: after `afterBytes` of it, or at its end where it is shorter. */

import { z } from "zod";
import { restAction } from "../action.ts";

const parameters = z.strictObject({ afterBytes: z.int().nonnegative().default(0) });

declare module "../action.ts" {
  interface RestActions {
    "reset-mid-request": z.input<typeof parameters>;
  }
}

export default restAction({
  at: "head",
  parameters,
  act(request, { afterBytes }) {
    if (afterBytes === 0) {
      request.reset();
      return;
    }
    let seen = 0;
    request.incoming.on("data", (part: Buffer) => {
      seen += part.length;
      if (seen >= afterBytes) request.reset();
    });
    request.incoming.on("end", () => request.reset());
  },
});
