/**
 * One port for all that the exchange serves: reads the first line of a connection and hands the connection to the
 * listener that speaks on that path. Nothing is relayed: the listener owns the socket from there on, so its limits,
 * faults and journal are what they are on a port of its own. A connection stays with the listener that its first
 * request chose; no client turns a kept-alive REST connection into a stream.
 */

import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { cannotListen } from "../mock-kit/cannot-listen.ts";

export const surfaces = ["rest", "public", "private", "trade"] as const;
export type Surface = (typeof surfaces)[number];

/** Takes over a connection that somebody else accepted. */
export type Adopt = (socket: Socket) => void;

export interface FrontDoor {
  readonly port: number;
  /** Stops accepting. Connections that found their listener end with it. */
  close(): Promise<void>;
}

const host = "127.0.0.1";
/** No request line is longer; Node's own parser refuses such a head as well. */
const longestLine = 16_384;

export async function openFrontDoor(port: number, adopt: Readonly<Record<Surface, Adopt>>): Promise<FrontDoor> {
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    const drop = (): void => void socket.destroy();
    const leave = (): void => void waiting.delete(socket);
    socket.on("error", drop);
    socket.on("close", leave);
    void firstLine(socket).then((line) => {
      socket.off("error", drop);
      socket.off("close", leave);
      leave();
      if (line === undefined) return;
      adopt[surfaceOf(line)](socket);
      socket.resume();
    });
  });
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw cannotListen("mock exchange", `${host}:${port}`, error);
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of waiting) socket.destroy();
      await closed;
    },
  };
}

/** @param requestLine `GET /v5/private?max_active_time=45s HTTP/1.1` */
export function surfaceOf(requestLine: string): Surface {
  const path = requestLine.split(" ")[1]?.split("?")[0] ?? "";
  if (path.startsWith("/v5/public/")) return "public";
  if (path === "/v5/private") return "private";
  return path === "/v5/trade" ? "trade" : "rest";
}

/** Reads up to the first line's end and puts everything back; undefined where the connection ends before. */
function firstLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let head = Buffer.alloc(0);
    const settle = (line: string | undefined): void => {
      socket.off("data", read);
      socket.off("close", ended);
      socket.pause();
      if (line !== undefined) socket.unshift(head);
      resolve(line);
    };
    const ended = (): void => settle(undefined);
    const read = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\n");
      if (end >= 0 || head.length > longestLine) settle(head.toString("latin1", 0, Math.max(end, 0)));
    };
    socket.on("data", read);
    socket.on("close", ended);
  });
}
