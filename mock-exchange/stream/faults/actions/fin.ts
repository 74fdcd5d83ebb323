/** A TCP FIN without a close frame: the server says no more, and hears nothing either. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["live", "connect", "upgrade", "request", "topic"],
  parameters: z.strictObject({}),
  dial(_parameters, dial) {
    dial.fin();
    return undefined;
  },
  connection(_parameters, socket) {
    socket.fin();
    return undefined;
  },
});
