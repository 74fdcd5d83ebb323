/** Opens a proxy's port. Accepted sockets are paused, so that nothing is read before the upstream has answered. */

import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { AddressError, formatAddress, isUnspecified, resolveAddress, type Address } from "./address.ts";

export interface Listener {
  /** Where it really listens: port 0 has become a number. */
  address: string;
  port: number;
  /** Frees the port at once; resolves when every socket it has accepted is gone too. */
  close(): Promise<void>;
}

const reasons: Record<string, string> = {
  EADDRINUSE: "address already in use",
  EADDRNOTAVAIL: "cannot assign requested address",
  EACCES: "permission denied",
};

export async function openListener(listen: string, onClient: (client: Socket) => void): Promise<Listener> {
  let address: Address;
  try {
    address = await resolveAddress(listen);
  } catch (error) {
    if (error instanceof AddressError) throw new AddressError(`listen tcp: ${error.message}`);
    throw error;
  }
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, onClient);
  await listening(server, address).catch((error: unknown) => {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new AddressError(`listen tcp ${formatAddress(address)}: bind: ${reasons[code] ?? message}`);
  });
  const bound = server.address() as AddressInfo;
  return {
    address: formatAddress({ host: bound.address, port: bound.port }),
    port: bound.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function listening(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const ready = (): void => {
      server.off("error", reject);
      // A failed accept (no file descriptors left) loses that client and no other.
      server.on("error", () => undefined);
      resolve();
    };
    // Without a host Node listens on `::`, or on `0.0.0.0` where there is no IPv6.
    const backlog = 4096;
    if (isUnspecified(address)) server.listen({ port: address.port, backlog }, ready);
    else server.listen({ host: address.host, port: address.port, backlog }, ready);
  });
}
