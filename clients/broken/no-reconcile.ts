/** Gap events lost: what happened while the private stream was down is never asked for. */

import { broken } from "../reference/parts.ts";

export default broken("takes its ledger for right after a reconnect and does not ask", {
  reconciler: () => ({ reconcile: () => Promise.resolve() }),
});
