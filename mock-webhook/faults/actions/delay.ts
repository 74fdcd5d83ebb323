/** A slow answer. The work is done at the end of the wait, or first: the message is taken and the client does not know. */

import { z } from "zod";
import { takenFirst, webhookAction } from "../action.ts";

const parameters = z.strictObject({ ms: z.number().nonnegative(), takenFirst });

declare module "../action.ts" {
  interface WebhookActions {
    delay: z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  request(request, { ms, takenFirst }) {
    const reply = takenFirst ? request.perform() : undefined;
    request.after(ms, () => request.answer(reply ?? request.perform()));
  },
});
