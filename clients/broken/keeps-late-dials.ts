/**
 * A dial that is not answered in time is followed by another and not given up: when it is answered after all, it is a
 * connection that nobody uses.
 */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import WebSocket from "ws";
import { StreamConnection } from "../reference/stream/connection.ts";

class ForgottenDials extends StreamConnection {
  override abandon(why: string): void {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.CONNECTING) {
      super.abandon(why);
      return;
    }
    log(`${this.name}: waits no longer, ${why}`);
    this.onLost(socket, 1006);
  }
}

export default broken("dials anew after a dial that was not answered in time, and leaves that one open", {
  stream: (options) => new ForgottenDials(options),
});
