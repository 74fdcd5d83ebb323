/** The disconnect-cancel-all windows that were set. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/query-dcp-info",
  auth: "private",
  limit: { allowed: 5 },
  handle: (_request, { engine: { dcp } }) => ({
    dcpInfos: dcp.configured().map((product) => ({
      product,
      dcpStatus: "ON",
      timeWindow: String(dcp.windowMs(product) / 1_000),
    })),
  }),
});
