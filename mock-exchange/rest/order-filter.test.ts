import { expect, test } from "vitest";
import type { Order } from "../engine/orders/order.ts";
import { ofFilter } from "./order-filter.ts";

test.each([
  ["", "linear", [true, true, true]],
  ["Order", "linear", [true, false, false]],
  ["StopOrder", "linear", [false, true, true]],
  ["Order", "spot", [true, false, false]],
  ["StopOrder", "spot", [false, true, false]],
  ["tpslOrder", "spot", [false, false, true]],
])("orderFilter %o of %s", (filter, category, fits) => {
  const orders = ["", "Stop", "tpslOrder"].map((stopOrderType) => ({ category, stopOrderType }) as Order);
  expect(orders.map(ofFilter(filter))).toEqual(fits);
});
