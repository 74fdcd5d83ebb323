/**
 * Two parts see a loss and both dial: the connection of the one is used, that of the other stands there, open and
 * forgotten. One more with every loss, until the exchange refuses the address.
 */

import WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const watchdogAfterMs = 5_000;

class DialledTwice extends StreamConnection {
  protected override onLost(socket: WebSocket, code: number): void {
    if (socket === this.socket) setTimeout(() => this.#forgotten(), watchdogAfterMs).unref();
    super.onLost(socket, code);
  }

  #forgotten(): void {
    const socket = new WebSocket(this.options.url);
    socket.on("error", () => undefined);
    socket.once("upgrade", ({ socket: raw }) => raw.unref());
  }
}

export default broken("opens one connection more with every loss and forgets it", {
  stream: (options) => new DialledTwice(options),
});
