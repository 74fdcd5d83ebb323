/** The message is taken, and the answer to it comes at so many bytes a second. */

import { z } from "zod";
import { webhookAction } from "../action.ts";
import { drip } from "../../../mock-kit/http/drip.ts";

/** As long as a message that is shown. */
const padding = 400;
const parameters = z.strictObject({ bytesPerSecond: z.number().positive() });

declare module "../action.ts" {
  interface WebhookActions {
    drip: z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  request(request, { bytesPerSecond }) {
    const reply = request.perform();
    // An answer without a body has nothing that could drip.
    const body = reply.status === 204 ? { ...reply, status: 200, body: " ".repeat(padding) } : reply;
    request.begin(body);
    drip(Buffer.from(body.body), bytesPerSecond, {
      elapsed: () => request.means.clock.elapsed(),
      after: request.after.bind(request),
      write: request.write.bind(request),
      finish: request.finish.bind(request),
    });
  },
});
