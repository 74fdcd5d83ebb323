/** A TCP relay that can cut every connection the hard way, with a reset and no close frame: what SDKs reconnect after. */

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Relay {
  readonly port: number;
  /** How many connections it has carried. */
  readonly dialled: number;
  cut(): void;
  close(): Promise<void>;
}

export async function startRelay(upstreamPort: number): Promise<Relay> {
  const open = new Set<Socket>();
  let dialled = 0;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  };
  const server = createServer((client) => {
    dialled += 1;
    const upstream = connect(upstreamPort, "127.0.0.1");
    [client, upstream].forEach(keep);
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get dialled() {
      return dialled;
    },
    cut,
    async close() {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}
