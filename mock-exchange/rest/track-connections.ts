/** Gives every TCP connection of the REST server a name and journals its opening and closing. */

import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { JournalSink } from "../../core/journal/event.ts";

const endpoint = "exchange-rest";

/** @returns The name of a socket's connection. */
export function trackConnections(server: Server, journal: JournalSink): (socket: Socket) => string {
  const names = new WeakMap<Socket, string>();
  let accepted = 0;
  server.on("connection", (socket: Socket) => {
    accepted += 1;
    const connection = `rest-${accepted}`;
    names.set(socket, connection);
    journal.write("connection.opened", { endpoint, connection });
    let ended = false;
    let failure = "";
    socket.on("end", () => (ended = true));
    socket.on("error", (error: NodeJS.ErrnoException) => (failure = error.code ?? error.message));
    socket.on("close", () => {
      const by = failure !== "" ? "network" : ended ? "client" : "server";
      journal.write("connection.closed", { endpoint, connection, by, code: 0, reason: failure });
    });
  });
  return (socket) => names.get(socket) ?? "unknown";
}
