/**
 * The answer to a request comes `ms` of incident time late; what was asked is done at once, so that data of a new
 * subscription come before its ack. Once due, an answer is late even if the rule ends meanwhile.
 */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["request"],
  parameters: z.strictObject({ ms: z.number().positive() }),
  request({ ms }, moment) {
    const { socket, op } = moment;
    const answer = moment.carryOut();
    const askedMs = socket.clock.now();
    socket.after(ms, () => {
      if (!socket.open) return;
      socket.log.answered(op, socket.clock.now() - askedMs);
      answer();
    });
  },
});
