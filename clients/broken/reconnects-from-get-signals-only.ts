/**
 * Report B, F1 by half: a lost feed is noticed where signals are asked for, and not where statistics are, or a ping. What
 * ends between two wave checks is dead until the next one.
 */

import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { ReconnectingFeed, type Asked } from "../reference/signals/feed.ts";

class HalfFeed extends ReconnectingFeed {
  #last: Asked | undefined;
  #lost: { socket: WebSocket; code: number } | undefined;

  protected override ask(type: Asked): void {
    this.#last = type;
    super.ask(type);
  }

  override request(): void {
    if (this.#lost !== undefined) super.onLost(this.#lost.socket, this.#lost.code);
    this.#lost = undefined;
    super.request();
  }

  protected override onLost(socket: WebSocket, code: number): void {
    if (this.#last === "get_stats" || this.#last === "ping") this.#lost = { socket, code };
    else super.onLost(socket, code);
  }
}

export default broken("reconnects the feed only when a request for signals finds it closed", {
  feed: (options) => new HalfFeed(options),
});
