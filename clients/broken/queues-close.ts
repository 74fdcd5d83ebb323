/**
 * A close frame is one more message to it, answered when its turn in the queue has come, some seconds later: the server
 * holds the connection open for so long, and nobody dials meanwhile. Its own closes, when it stops, go out at once.
 */

import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const queueMs = 5_000;

class QueuedClose extends StreamConnection {
  #stopping = false;

  override stop(): Promise<void> {
    this.#stopping = true;
    return super.stop();
  }

  protected override listen(socket: WebSocket): void {
    super.listen(socket);
    const close = socket.close.bind(socket);
    // `ws` answers a close frame through the same method that closes.
    socket.close = (code, reason) => {
      if (this.#stopping) close(code, reason);
      else setTimeout(() => close(code, reason), queueMs);
    };
  }
}

export default broken("answers a close frame only when its turn in the queue has come, seconds later", {
  stream: (options) => new QueuedClose(options),
});
