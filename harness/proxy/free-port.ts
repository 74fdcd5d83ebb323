/** A port for a server that cannot say which one it took when asked for port 0, as Toxiproxy. */

import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

export async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
