/** Silence on an open connection, until the client or the mock ends it. */

import { z } from "zod";
import { takenFirst, webhookAction } from "../action.ts";

const parameters = z.strictObject({ takenFirst });

declare module "../action.ts" {
  interface WebhookActions {
    hang: z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  request(request, { takenFirst }) {
    if (takenFirst) request.perform();
  },
});
