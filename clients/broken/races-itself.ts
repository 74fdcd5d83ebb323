/**
 * A watchdog dials again some time after a loss, without a look at whether that has been done already: then two
 * connections carry the same topics, and of the first nobody knows any more.
 */

import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";

const watchdogAfterMs = 20_000;

class RacedStream extends StreamConnection {
  protected override onLost(socket: WebSocket, code: number): void {
    const isLost = socket === this.socket;
    super.onLost(socket, code);
    if (isLost) setTimeout(() => this.dial(), watchdogAfterMs).unref();
  }
}

export default broken("dials again 20 s after a loss, though it has its connection back", {
  stream: (options) => new RacedStream(options),
});
