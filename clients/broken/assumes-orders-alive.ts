/** After a gap of its private stream it asks for executions and positions, and takes its open orders for as open as before. */

import { broken } from "../reference/parts.ts";
import { RestReconciler } from "../reference/private/reconciler.ts";

class Assuming extends RestReconciler {
  protected override openOrders(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

export default broken("takes its orders for alive after a disconnect, and does not ask", {
  reconciler: (options) => new Assuming(options),
});
