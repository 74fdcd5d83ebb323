/** An answer of the servers in front of Discord: 500, 502, 503 and their like, in their words or others. */

import { z } from "zod";
import { takenFirst, webhookAction } from "../action.ts";
import { STATUS_CODES } from "../../../core/http.ts";
const parameters = z.strictObject({ code: z.int().min(200).max(599), body: z.string().optional(), takenFirst });

declare module "../action.ts" {
  interface WebhookActions {
    status: z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  request(request, { code, body, takenFirst }) {
    if (takenFirst) request.perform();
    const said = body ?? STATUS_CODES[code] ?? "Error";
    request.answer({ status: code, headers: { "content-type": "text/plain" }, body: said, said });
  },
});
