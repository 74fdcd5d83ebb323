/** A real HTTP server for tests of the REST parts: it answers as the test says and knows its connections. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface Served {
  url: string;
  /** `GET /path?query`, in the order they came. */
  requests: string[];
  /** How many connections were ever made, and those that are open. */
  connections: { made: number; open: Set<Socket> };
}

/** Ends with the test. */
export async function served(answer: (request: IncomingMessage, reply: ServerResponse) => unknown): Promise<Served> {
  const requests: string[] = [];
  const connections = { made: 0, open: new Set<Socket>() };
  const server = createServer((request, reply) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    answer(request, reply);
  });
  server.on("connection", (socket) => {
    connections.made += 1;
    connections.open.add(socket);
    socket.on("close", () => connections.open.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, connections };
}

/** Answers with Bybit's envelope. */
export function envelope(
  reply: ServerResponse,
  { result = {}, retCode = 0, retMsg = "OK", headers = {} }: Partial<EnvelopeToSend> = {},
): void {
  reply.writeHead(200, { "content-type": "application/json", ...headers });
  reply.end(JSON.stringify({ retCode, retMsg, result, retExtInfo: {}, time: Date.now() }));
}

interface EnvelopeToSend {
  result: unknown;
  retCode: number;
  retMsg: string;
  headers: Record<string, string>;
}
