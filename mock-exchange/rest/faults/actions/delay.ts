/**
 * A slow answer: `ms`, and a seeded part of `jitterMs` more. The work is done at the end of the wait, as behind a slow
 * edge, so a signature can be too old by then; or first, as behind a slow way back.
 */

import { z } from "zod";
import { restAction } from "../action.ts";
import { executeFirst } from "../execute-first.ts";

const parameters = z.strictObject({
  ms: z.number().nonnegative(),
  jitterMs: z.number().nonnegative().default(0),
  executeFirst,
});

declare module "../action.ts" {
  interface RestActions {
    delay: z.input<typeof parameters>;
  }
}

export default restAction({
  at: "request",
  parameters,
  act(request, { ms, jitterMs, executeFirst }) {
    const reply = executeFirst ? request.execute() : undefined;
    request.after(ms + request.random.next() * jitterMs, () => request.answer(reply ?? request.execute()));
  },
});
