/** The reply comes at so many bytes a second: never silent for long, and far too slow. */

import { z } from "zod";
import { restAction } from "../action.ts";

const parameters = z.strictObject({ bytesPerSecond: z.number().positive() });

declare module "../action.ts" {
  interface RestActions {
    drip: z.input<typeof parameters>;
  }
}

/** Incident ms; where a single byte takes longer, that long. */
const shortestPauseMs = 100;

export default restAction({
  at: "reply",
  parameters,
  applies: ({ body }) => body !== "",
  act(request, { bytesPerSecond }, reply) {
    const body = Buffer.from(reply.body);
    const bytesPerMs = bytesPerSecond / 1_000;
    const pauseMs = Math.max(shortestPauseMs, 1 / bytesPerMs);
    const beganAt = request.elapsed();
    let sent = 0;
    const next = (): void => {
      // By time, not by count: a timer that came late makes up for it.
      const due = Math.min(Math.floor((request.elapsed() - beganAt) * bytesPerMs), body.length);
      if (due > sent) request.write(body.subarray(sent, due));
      sent = due;
      if (sent === body.length) request.finish();
      else request.after(pauseMs, next);
    };
    request.begin(reply);
    request.after(pauseMs, next);
  },
});
