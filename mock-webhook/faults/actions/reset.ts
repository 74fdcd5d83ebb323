/** RST: as a connection is accepted, or once a request was read, before or after its message was taken. */

import { z } from "zod";
import { takenFirst, webhookAction } from "../action.ts";

const parameters = z.strictObject({ takenFirst });

declare module "../action.ts" {
  interface WebhookActions {
    reset: z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  connection: (connection) => connection.reset(),
  request(request, { takenFirst }) {
    if (takenFirst) request.perform();
    request.connection.reset();
  },
});
