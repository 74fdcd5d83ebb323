/** TCP is accepted and the upgrade not answered. Healed, it is answered after all if the client still waits. */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["upgrade"],
  parameters: z.strictObject({}),
  dial(_parameters, dial) {
    dial.hold();
    return () => dial.release();
  },
});
