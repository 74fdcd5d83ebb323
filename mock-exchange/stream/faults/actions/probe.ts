/** No fault: pings each connection every `everyMs` and journals the pongs, which shows a blocked client from outside. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["live"],
  parameters: z.strictObject({ everyMs: z.number().positive() }),
  connection({ everyMs }, socket) {
    const timer = socket.clock.every(everyMs, () => socket.ping());
    socket.own(timer);
    return () => timer.cancel();
  },
});
