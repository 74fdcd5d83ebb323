/** Changes many orders at once. */

import { batchOf } from "../batch.ts";
import amend from "./amend.ts";

export default batchOf(amend, {
  op: "order.amend-batch",
  path: "/v5/order/amend-batch",
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 10 } },
});
