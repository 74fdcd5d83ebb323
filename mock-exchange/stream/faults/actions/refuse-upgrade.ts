/** An HTTP status instead of 101, with the page of the gateway in front of the exchange or a body of one's own. */

import { z } from "zod";
import { gatewayPage } from "../../../limits/gateway-page.ts";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["upgrade"],
  parameters: z.strictObject({ status: z.int().min(400).max(599), body: z.string().optional() }),
  dial({ status, body }, dial) {
    dial.refuse(status, body ?? gatewayPage(status));
    return undefined;
  },
});
