/**
 * The connection log of a mock that speaks HTTP: gives every TCP connection of its server a name, knows which of them are
 * idle, resets or closes a single one, and journals their two ends.
 */

import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

/** Who ended a connection, and how: the mock by RST or FIN, or the other side. Undefined while nobody has. */
export type Ending = "reset" | "closed" | "abandoned" | undefined;

export class HttpConnection {
  readonly name: string;
  readonly socket: Socket;
  /** How many of its requests have not ended. */
  busy = 0;
  /** Incident ms since the start. */
  idleSince: number;
  ending: Ending;

  constructor(name: string, socket: Socket, openedAt: number) {
    this.name = name;
    this.socket = socket;
    this.idleSince = openedAt;
  }

  /** A true RST; what was not handed to the network yet is lost. */
  reset(): void {
    this.ending ??= "reset";
    this.socket.resetAndDestroy();
  }

  /** FIN, after what was written. */
  close(): void {
    this.ending ??= "closed";
    this.socket.destroySoon();
  }
}

/** A client may be gone by now, and its port with it. */
const peerOf = ({ remotePort }: Socket): { peerPort?: number } =>
  remotePort === undefined ? {} : { peerPort: remotePort };

export interface HttpConnectionsOptions {
  endpoint: string;
  /** Of the names: `rest` gives `rest-1`. */
  prefix: string;
  clock: Clock;
  journal: JournalSink;
  /** Called with every new connection, after the journal has it. */
  onOpened?: (connection: HttpConnection) => void;
}

export class HttpConnections {
  readonly #bySocket = new Map<Socket, HttpConnection>();
  #whenNone: () => void = () => undefined;

  constructor(server: Server, options: HttpConnectionsOptions) {
    const { endpoint, prefix, clock, journal, onOpened } = options;
    let accepted = 0;
    server.on("connection", (socket: Socket) => {
      accepted += 1;
      const connection = new HttpConnection(`${prefix}-${accepted}`, socket, clock.elapsed());
      const { name } = connection;
      this.#bySocket.set(socket, connection);
      journal.write("connection.opened", { endpoint, connection: name, ...peerOf(socket) });
      let failure = "";
      socket.on("end", () => (connection.ending ??= "abandoned"));
      socket.on("error", (error: NodeJS.ErrnoException) => {
        if (connection.ending === undefined) failure = error.code ?? error.message;
        connection.ending ??= "abandoned";
      });
      socket.on("close", () => {
        this.#bySocket.delete(socket);
        const by = failure !== "" ? "network" : connection.ending === "abandoned" ? "client" : "server";
        const how = connection.ending === "reset" || failure === "ECONNRESET" ? "reset" : "fin";
        journal.write("connection.closed", { endpoint, connection: name, by, code: 0, reason: failure, how });
        if (this.#bySocket.size === 0) this.#whenNone();
      });
      onOpened?.(connection);
    });
  }

  /** The connection of an open socket. */
  of(socket: Socket): HttpConnection {
    const connection = this.#bySocket.get(socket);
    if (connection === undefined) throw new Error("a request came on a connection that was never accepted");
    return connection;
  }

  /** Drops all; resolves once the journal has the end of each, which a server's own close does not wait for. */
  async end(): Promise<void> {
    if (this.#bySocket.size === 0) return;
    const none = new Promise<void>((resolve) => (this.#whenNone = resolve));
    for (const socket of this.#bySocket.keys()) socket.destroy();
    await none;
  }

  /** Those that are waiting for a request. */
  idle(): HttpConnection[] {
    return [...this.#bySocket.values()].filter(({ busy }) => busy === 0);
  }
}
