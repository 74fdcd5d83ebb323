/** Report D, F4 not done: one update that its handler cannot bear ends the loop that deals with all of them. */

import { broken } from "../reference/parts.ts";
import type { Update } from "../reference/stream/queue.ts";
import { QueueWorker } from "../reference/stream/worker.ts";

class FragileWorker extends QueueWorker {
  #dead = false;

  override wake(): void {
    if (!this.#dead) super.wake();
  }

  protected override failed(update: Update, error: unknown): void {
    super.failed(update, error);
    this.#dead = true;
  }
}

export default broken("stops dealing with its messages when a handler throws", {
  worker: (options) => new FragileWorker(options),
});
