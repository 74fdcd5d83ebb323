/**
 * The server neither reads nor writes, and the connection stays up: half-open, as the client sees it. Healed, it goes on
 * where it was: everything held is delivered in order, and what the client sent meanwhile is answered. Or the connection
 * turns out to be gone: what was held is lost and the client gets a TCP reset. What is held has no bound but the rule's
 * time to live.
 */

import { z } from "zod";
import { streamAction } from "../action.ts";

export default streamAction({
  on: ["live", "request", "topic"],
  parameters: z.strictObject({ atHeal: z.enum(["deliver", "reset"]).default("deliver") }),
  connection: ({ atHeal }, socket) => {
    const heal = socket.stall();
    return atHeal === "deliver" ? heal : () => socket.reset();
  },
});
