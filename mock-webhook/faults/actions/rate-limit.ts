/** 429: nothing is taken for so long, of this webhook or of everything. Who comes earlier is refused again. */

import { z } from "zod";
import { webhookAction } from "../action.ts";

const parameters = z.strictObject({ retryAfterMs: z.number().positive(), global: z.boolean().default(false) });

declare module "../action.ts" {
  interface WebhookActions {
    "rate-limit": z.input<typeof parameters>;
  }
}

export default webhookAction({
  parameters,
  request(request, { retryAfterMs, global }) {
    const { limit, clock } = request.means;
    if (limit.earlyMs(clock.now()) === 0) limit.pause(clock.now(), retryAfterMs, global);
    request.answer(request.perform());
  },
});
