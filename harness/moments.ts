/** Moments that scenarios wait for, in words a trader would use. */

import type { Moment } from "./scenario.ts";

/** The client is connected, authenticated, and has been sent the server's buffer of signals. */
export const initialBatch: Moment = {
  what: "it had the initial batch of signals",
  is: (event) => event.type === "signal.sent" && event.what === "initial-batch",
};
