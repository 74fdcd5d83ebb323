/**
 * Hands a socket's errors on as an `error` event of its own, to which nobody listens: the first reset ends the process,
 * because Node throws an error that no listener takes. A connection that ends without an error is dialled again as it
 * should.
 */

import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

class UnheardErrors extends StreamConnection {
  readonly #events = new EventEmitter();

  protected override listen(socket: WebSocket): void {
    super.listen(socket);
    socket.once("upgrade", ({ socket: raw }: IncomingMessage) => {
      raw.on("error", (error) => this.#events.emit("error", error));
    });
  }
}

export default broken("emits a socket's error to nobody: the first reset ends the process", {
  stream: (options) => new UnheardErrors(options),
});
