/** Auto-deleveraging alerts: the pools are never in danger here. */

import { route } from "../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/adlAlert",
  auth: "public",
  handle: ({ nowMs }) => ({ updatedTime: String(Math.floor(nowMs)), list: [] }),
});
