/**
 * Every connection adds a listener, with a buffer of its own, to an emitter that outlives it, and none is ever taken
 * away: after twenty reconnects twenty of them hear each frame.
 */

import { EventEmitter } from "node:events";
import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const historyBytes = 12 * 2 ** 20;
const frames = new EventEmitter().setMaxListeners(0);

class LeakingStream extends StreamConnection {
  protected override listen(socket: WebSocket): void {
    super.listen(socket);
    // Filled, because memory that was never written is not there yet.
    const history = Buffer.alloc(historyBytes, 1);
    let at = 0;
    frames.on("frame", (text: string) => {
      at = (at + history.write(text, at)) % (historyBytes / 2);
    });
  }

  protected override receive(text: string): void {
    frames.emit("frame", text);
    super.receive(text);
  }
}

export default broken("adds a listener with each connection and takes none away", {
  stream: (options) => new LeakingStream(options),
});
