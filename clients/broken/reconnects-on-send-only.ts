/** Report B, F1 by the letter: "any send failure means disconnected". Whoever sends nothing notices nothing. */

import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";

class SendingFeed extends ReconnectingFeed {
  #lost: { socket: WebSocket; code: number } | undefined;

  override request(): void {
    if (this.#lost !== undefined) super.onLost(this.#lost.socket, this.#lost.code);
    this.#lost = undefined;
    super.request();
  }

  protected override onLost(socket: WebSocket, code: number): void {
    this.#lost = { socket, code };
  }
}

export default broken("finds out that the feed is closed when it asks for signals, and not before", {
  feed: (options) => new SendingFeed(options),
});
