/**
 * A book that has lost a frame is asked for again, once. Where that is refused, or brings no snapshot, there is no book
 * any more and nobody minds.
 */

import { broken } from "../reference/parts.ts";
import { Subscriptions } from "../reference/stream/subscriptions.ts";

class AsksOnce extends Subscriptions {
  readonly #renewed = new Set<string>();

  /** On a new connection everything begins anew. */
  override lost(): void {
    super.lost();
    this.#renewed.clear();
  }

  override renew(topic: string): void {
    if (this.#renewed.has(topic)) return;
    this.#renewed.add(topic);
    super.renew(topic);
  }

  protected override refused(topics: readonly string[], why: string): void {
    if (!topics.every((topic) => this.#renewed.has(topic))) super.refused(topics, why);
  }

  protected override unanswered(topics: readonly string[]): void {
    if (!topics.every((topic) => this.#renewed.has(topic))) super.unanswered(topics);
  }
}

export default broken("asks once for a book that lost a frame, and never again if that brings nothing", {
  subscriptions: (options) => new AsksOnce(options),
});
