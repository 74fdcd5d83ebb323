/** A close frame with this code and reason. 1005 is a close frame without a code, 1006 none at all: a bare FIN. */

import { z } from "zod";
import { streamAction } from "../action.ts";

const isCode = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && code !== 1004) || (code >= 3000 && code <= 4999);

export default streamAction({
  on: ["live", "request", "topic"],
  parameters: z.strictObject({
    code: z.int().refine(isCode, "allowed are 1000 to 1014 without 1004, and 3000 to 4999"),
    reason: z
      .string()
      .refine((text) => Buffer.byteLength(text) <= 123, "a reason has at most 123 bytes")
      .default(""),
  }),
  connection({ code, reason }, socket) {
    if (code === 1006) socket.drop();
    else socket.close(code, reason);
    return undefined;
  },
});
