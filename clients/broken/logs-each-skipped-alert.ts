/** Says of each alert that its breaker is open, as if it had just opened. */

import { AlertQueue, type AlertQueueOptions } from "../reference/alerts/alert-queue.ts";
import type { AlertBreaker } from "../reference/alerts/breaker.ts";
import type { Incident } from "../reference/alerts/incidents.ts";
import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";

class Talkative extends AlertQueue {
  readonly #breaker: AlertBreaker;

  constructor(options: AlertQueueOptions) {
    let own: AlertBreaker | undefined;
    super({ ...options, breaker: (changed) => (own = options.breaker(changed)) });
    if (own === undefined) throw new Error("the queue has asked for no breaker");
    this.#breaker = own;
  }

  override put(incident: Incident): void {
    if (this.#breaker.waitMs() > 0) log("alerts: skipped, the breaker is open");
    super.put(incident);
  }
}

export default broken("logs for every alert that its breaker is open", { alerts: (options) => new Talkative(options) });
