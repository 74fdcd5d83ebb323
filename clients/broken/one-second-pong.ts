/**
 * A pong has to come within a second of its ping, as it does on the developer's desk: on a slow link that is healthy every
 * connection is given up at its first ping, for ever.
 */

import type WebSocket from "ws";
import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";
import { Heartbeat } from "../reference/stream/heartbeat.ts";

const pongWithinMs = 1_000;

class ImpatientStream extends StreamConnection {
  #awaited: NodeJS.Timeout | undefined;

  protected override makeHeartbeat(options: ConstructorParameters<typeof Heartbeat>[0]): Heartbeat {
    const ping = (): void => {
      options.ping();
      this.#awaited = setTimeout(() => this.abandon("no pong within a second"), pongWithinMs);
    };
    return new Heartbeat({ ...options, ping });
  }

  protected override receive(text: string): void {
    if (text.includes('"pong"')) clearTimeout(this.#awaited);
    super.receive(text);
  }

  protected override onLost(socket: WebSocket, code: number): void {
    if (socket === this.socket) clearTimeout(this.#awaited);
    super.onLost(socket, code);
  }
}

export default broken("gives a connection up whose pong takes more than a second", {
  stream: (options) => new ImpatientStream(options),
});
