/** The work is done and not a byte of the reply goes out: an order exists that its sender knows nothing of. */

import { z } from "zod";
import { restAction } from "../action.ts";

const parameters = z.strictObject({
  /** What the client sees instead: RST, FIN or silence. */
  by: z.enum(["reset", "close", "hang"]).default("reset"),
});

declare module "../action.ts" {
  interface RestActions {
    "lose-reply": z.input<typeof parameters>;
  }
}

export default restAction({
  at: "reply",
  parameters,
  act(request, { by }) {
    if (by === "reset") request.reset();
    else if (by === "close") request.close();
  },
});
