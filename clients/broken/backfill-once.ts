/** A backfill that was done a moment ago is not done again: what a second gap took is never asked for. */

import { broken } from "../reference/parts.ts";
import { RestReconciler } from "../reference/private/reconciler.ts";

const onceInMs = 60_000;

class Debounced extends RestReconciler {
  #begunAt = -Infinity;

  override async reconcile(): Promise<void> {
    if (Date.now() - this.#begunAt < onceInMs) return;
    this.#begunAt = Date.now();
    await super.reconcile();
  }
}

export default broken("backfills once a minute, however often its private stream is lost", {
  reconciler: (options) => new Debounced(options),
});
