/** Silence on an open connection, until the client or the mock ends it. */

import { z } from "zod";
import { restAction } from "../action.ts";
import { executeFirst } from "../execute-first.ts";

const parameters = z.strictObject({ executeFirst });

declare module "../action.ts" {
  interface RestActions {
    hang: z.input<typeof parameters>;
  }
}

export default restAction({
  at: "request",
  parameters,
  act(request, { executeFirst }) {
    if (executeFirst) request.execute();
  },
});
