/** A TCP reset: the client sees ECONNRESET, whatever it was doing. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["live", "connect", "upgrade", "request", "topic"],
  parameters: z.strictObject({}),
  dial(_parameters, dial) {
    dial.reset();
    return undefined;
  },
  connection(_parameters, socket) {
    socket.reset();
    return undefined;
  },
});
