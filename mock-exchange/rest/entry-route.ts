/** An order operation as a REST endpoint. */

import type { Operation } from "../order-entry/operation.ts";
import { Reply, route, type Route } from "./route.ts";

export const entryRoute = (operation: Operation): Route =>
  route({
    method: "POST",
    path: operation.path,
    auth: "private",
    deed: "trade",
    limit: operation.limit,
    bucket: operation.op,
    weight: (body) => operation.weight(body),
    handle: ({ body, granted }, { engine }) => {
      const { result, retExtInfo = {} } = operation.run(body, engine, granted);
      return new Reply(result, "OK", { retExtInfo });
    },
  });
