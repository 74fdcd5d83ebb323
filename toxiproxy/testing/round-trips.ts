/** A worker that sends words through a proxy to an echo server of its own, and says in shared memory when all are back. */

import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { workerData } from "node:worker_threads";

export interface RoundTrips {
  engineUrl: string;
  count: number;
  /** Becomes 1 when the worker is connected and 2 when everything has come back. */
  shared: SharedArrayBuffer;
}

const { engineUrl, count, shared } = workerData as RoundTrips;
const state = new Int32Array(shared);
const say = (value: number): void => {
  Atomics.store(state, 0, value);
  Atomics.notify(state, 0);
};

const echo = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
await once(echo, "listening");
const upstream = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
const body = JSON.stringify({ name: "busy", listen: "127.0.0.1:0", upstream });
const reply = await fetch(`${engineUrl}/proxies`, { method: "POST", body });
const { listen } = (await reply.json()) as { listen: string };
const client = connect(Number(listen.split(":").at(-1)), "127.0.0.1");
for (let i = 0; i < count; i += 1) {
  client.write("x");
  await once(client, "data");
  if (i === 0) say(1);
}
say(2);
client.destroy();
echo.close();
