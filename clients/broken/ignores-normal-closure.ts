/**
 * Report B, H1 and H2: a close with 1000 is taken for "all is well". The feed stays AUTHENTICATED, empties its buffer,
 * and keeps sending on the closed socket. Any other close code reconnects as it should.
 */

import type WebSocket from "ws";
import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";

class TrustingFeed extends ReconnectingFeed {
  #closed = false;

  override request(): void {
    if (this.#closed) log("Failed to request signals: received 1000 (OK); then sent 1000 (OK)");
    else super.request();
  }

  protected override onLost(socket: WebSocket, code: number): void {
    if (code !== 1000) {
      super.onLost(socket, code);
      return;
    }
    this.#closed = true;
    this.options.buffer.clear();
  }
}

export default broken("takes a close with 1000 for good news and stays AUTHENTICATED (report B, H1)", {
  feed: (options) => new TrustingFeed(options),
});
