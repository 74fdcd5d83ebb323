/** The webhook was deleted (404), or its token is not valid any more (401): for good, as far as Discord is concerned. */

import { z } from "zod";
import { webhookAction } from "../action.ts";
import { invalidToken, unknownWebhook } from "../../reply.ts";
const parameters = z.strictObject({ why: z.enum(["deleted", "revoked"]).default("deleted") });

declare module "../action.ts" {
  interface WebhookActions {
    gone: z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  request(request, { why }) {
    request.answer(why === "deleted" ? unknownWebhook : invalidToken);
  },
});
