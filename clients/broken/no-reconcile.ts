/** Gap events lost: what happened while the private stream was down is never asked for. */

import { broken } from "../reference/parts.ts";
import { RestReconciler } from "../reference/private/reconciler.ts";

class Trusting extends RestReconciler {
  override reconcile(): Promise<void> {
    return Promise.resolve();
  }
}

export default broken("takes its ledger for right after a reconnect and does not ask", {
  reconciler: (options) => new Trusting(options),
});
