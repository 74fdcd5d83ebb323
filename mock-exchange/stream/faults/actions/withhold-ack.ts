/**
 * No answer to a request: a subscription, auth, an order, a ping (`ping`, or `ping-frame` for one of the WebSocket
 * protocol). `carriedOut` says whether what was asked is done all the same.
 */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["request"],
  parameters: z.strictObject({ carriedOut: z.boolean().default(true) }),
  request({ carriedOut }, moment) {
    if (carriedOut) moment.carryOut();
    else moment.socket.requested(moment.op, moment.topics, "not carried out", { answered: false });
  },
});
