/**
 * The upstream of the proxy bench, in a thread of its own: a port that echoes, one that pours bytes on request, and one
 * that echoes late: what a Node program on this machine can do without a proxy, by the timer that our engine has.
 */

import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { afterNearest } from "../../core/nearest-timer.ts";

const { delayMs } = workerData as { delayMs: number };

const listen = async (onClient: (socket: Socket) => void): Promise<[Server, number]> => {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => undefined);
    onClient(socket);
  });
  await once(server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }), "listening");
  return [server, (server.address() as AddressInfo).port];
};

const piece = Buffer.alloc(64 * 1_024, "x");

/** Answers the number of bytes it is sent with that many bytes. */
function pour(socket: Socket, bytes: number): void {
  let left = bytes;
  const more = (): void => {
    while (left > 0) {
      const chunk = piece.subarray(0, Math.min(left, piece.length));
      left -= chunk.length;
      if (!socket.write(chunk)) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
}

const [, echo] = await listen((socket) => socket.on("data", (data) => socket.write(data)));
const [, bulk] = await listen((socket) => socket.on("data", (data) => pour(socket, Number(data.toString()))));
const [, late] = await listen((socket) => socket.on("data", (data) => afterNearest(delayMs, () => socket.write(data))));
parentPort?.postMessage({ echo, bulk, late });
