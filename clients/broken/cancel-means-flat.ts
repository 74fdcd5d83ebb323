/** "Order not exists or too late to cancel" is taken for cancelled: that it may have been filled is not asked. */

import { broken } from "../reference/parts.ts";
import type { OpenOrder } from "../reference/private/ledger.ts";
import { Quoter } from "../reference/private/quoter.ts";

class Flat extends Quoter {
  protected override ended(order: OpenOrder): Promise<void> {
    const { updatedMs } = order;
    this.options.ledger.order({ ...order, orderStatus: "Cancelled", updatedTime: updatedMs });
    return Promise.resolve();
  }
}

export default broken("takes an order that it cannot cancel any more for cancelled, and places the next", {
  quoter: (options) => new Flat(options),
});
