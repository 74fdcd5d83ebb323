/** Deposits from a chain: there are none, because there is no chain behind the mock. */

import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/deposit/query-record",
  auth: "private",
  limit: { allowed: 100, windowMs: 60_000 },
  handle: () => new Reply({ rows: [], nextPageCursor: "" }, "success"),
});
