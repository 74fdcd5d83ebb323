/**
 * Report B, H1 and H2: a close with 1000 is taken for "all is well". The feed stays AUTHENTICATED and keeps
 * sending on the closed socket; it empties its buffer before each request, and nothing fills it again. A stream of the
 * exchange that is closed with 1000 is left as it is, too. Any other close code reconnects as it should.
 */

import type WebSocket from "ws";
import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

class TrustingFeed extends ReconnectingFeed {
  #closed = false;

  override request(): void {
    this.options.buffer.clear();
    if (this.#closed) log("Failed to request signals: received 1000 (OK); then sent 1000 (OK)");
    else super.request();
  }

  protected override onLost(socket: WebSocket, code: number): void {
    if (code === 1000) this.#closed = true;
    else super.onLost(socket, code);
  }
}

class TrustingStream extends StreamConnection {
  #closed = false;

  /** A heartbeat or a stale timer may not find out either: the defect is to believe that all is well. */
  override abandon(why: string): void {
    if (!this.#closed) super.abandon(why);
  }

  protected override onLost(socket: WebSocket, code: number): void {
    if (code === 1000) this.#closed = true;
    else super.onLost(socket, code);
  }
}

export default broken("takes a close with 1000 for good news and stays AUTHENTICATED (report B, H1)", {
  feed: (options) => new TrustingFeed(options),
  stream: (options) => new TrustingStream(options),
});
