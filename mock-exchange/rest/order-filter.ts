/** `orderFilter` of the order queries: ordinary orders, or those with a trigger; spot distinguishes its two kinds. */

import type { Order } from "../engine/orders/order.ts";

export const ofFilter =
  (filter: string) =>
  ({ category, stopOrderType }: Order): boolean => {
    if (filter === "") return true;
    if (category === "spot" && filter === "tpslOrder") return stopOrderType === "tpslOrder";
    if (category === "spot" && filter === "StopOrder") return stopOrderType === "Stop";
    return (filter === "Order") === (stopOrderType === "");
  };
