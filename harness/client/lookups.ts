/**
 * Sees a client ask for the address of a host that has none: a name under `.invalid`, of which no server is ever asked. The
 * clock's library, preloaded into the client, answers such a lookup by itself and says so to a port of loopback. Not seen
 * are programs that take no preload, and resolvers that do without libc's `getaddrinfo`.
 */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { JournalSink } from "../../core/journal/event.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** The client asked for the address of a host that has none. */
    "client.looked-up": { host: string };
  }
}

export interface Lookups {
  /** What the client's environment has to say of it. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function watchLookups(journal: JournalSink): Promise<Lookups> {
  const socket = createSocket("udp4", (name) => journal.write("client.looked-up", { host: name.toString() }));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    variables: { FIREDRILL_LOOKUPS: String(socket.address().port) },
    async close() {
      socket.close();
      await once(socket, "close");
    },
  };
}
