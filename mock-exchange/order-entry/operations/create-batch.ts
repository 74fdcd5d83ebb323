/** Places many orders at once. */

import { batchOf } from "../batch.ts";
import create from "./create.ts";

export default batchOf(create, {
  op: "order.create-batch",
  path: "/v5/order/create-batch",
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 10 } },
  more: ({ account }, done) => ({ createAt: done ? String(account.now()) : "" }),
});
