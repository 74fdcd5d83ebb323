/** The server's time, to the nanosecond in its text. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/time",
  auth: "public",
  handle: ({ nowMs }) => {
    const ms = Math.floor(nowMs);
    const nanos = Math.floor((nowMs - ms) * 1_000_000);
    return { timeSecond: String(Math.floor(ms / 1_000)), timeNano: `${ms}${String(nanos).padStart(6, "0")}` };
  },
});
