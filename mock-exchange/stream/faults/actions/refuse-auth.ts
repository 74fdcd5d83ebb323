/** Auth is refused though the proof is right; `retCode` 10003 with `Invalid apikey` is the other form that was seen. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["request"],
  streams: ["private", "trade"],
  ops: ["auth"],
  parameters: z.strictObject({ text: z.string().min(1).optional(), retCode: z.int().optional() }),
  request({ text, retCode }, { session, socket, text: request }) {
    // The trade stream's answers always carry a code.
    if (socket.path === "/v5/trade")
      session.refuse(request, { text: text ?? "Invalid sign", retCode: retCode ?? 10004 });
    else session.refuse(request, { text: text ?? "Params Error", ...(retCode === undefined ? {} : { retCode }) });
  },
});
