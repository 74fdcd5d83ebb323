/** Cancels many orders at once. */

import { batchOf } from "../batch.ts";
import cancel from "./cancel.ts";

export default batchOf(cancel, {
  op: "order.cancel-batch",
  path: "/v5/order/cancel-batch",
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 10 } },
});
