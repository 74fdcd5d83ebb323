/**
 * An error inside HTTP 200, such as 10006 or 10016. `resetInMs` adds the header that says when a rate limit is over,
 * that long from now; below 0 it names a time that is past.
 */

import { z } from "zod";
import { envelope } from "../../answer.ts";
import { restAction } from "../action.ts";
import { executeFirst } from "../execute-first.ts";

const parameters = z.strictObject({
  retCode: z.int(),
  retMsg: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  resetInMs: z.number().optional(),
  executeFirst,
});

declare module "../action.ts" {
  interface RestActions {
    "ret-code": z.input<typeof parameters>;
  }
}

export default restAction({
  at: "request",
  parameters,
  act(request, { retCode, retMsg, headers, resetInMs, executeFirst }) {
    if (executeFirst) request.execute();
    const nowMs = request.nowMs();
    const reset =
      resetInMs === undefined
        ? {}
        : { "X-Bapi-Limit-Status": "0", "X-Bapi-Limit-Reset-Timestamp": String(Math.ceil(nowMs + resetInMs)) };
    request.answer(envelope(retCode, retMsg, {}, {}, nowMs, { ...reset, ...headers }));
  },
});
