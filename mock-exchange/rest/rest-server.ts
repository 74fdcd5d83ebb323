/**
 * Bybit's REST surface on a real socket: finds the routes, keeps bodies as raw bytes for the signature, lets every
 * reply through the gate, and journals every request and connection.
 */

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { JournalSink } from "../../core/journal/event.ts";
import { loadFolder } from "../../core/load-folder.ts";
import { gatewayPage } from "../limits/gateway-page.ts";
import type { ExchangeState } from "../state.ts";
import { answer, envelope } from "./answer.ts";
import type { ApiKey } from "./authenticate.ts";
import { openRestGate, type RestGate, type RestReply } from "./gate.ts";
import type { Route } from "./route.ts";
import { trackConnections } from "./track-connections.ts";

export interface RestServerOptions {
  journal: JournalSink;
  keys: readonly ApiKey[];
  state: ExchangeState;
  gate?: RestGate;
}

/** Loaded with this module, not with a server: an incident clock is running by then, and at x300 a file is a second. */
const routes = await loadFolder<Route>(new URL("./routes/", import.meta.url));

export function restServer(options: RestServerOptions): FastifyInstance {
  const { keys, state, journal } = options;
  const gate = options.gate ?? openRestGate;
  const app = Fastify({ forceCloseConnections: true });
  const connectionOf = trackConnections(app.server, journal);

  const send = (request: FastifyRequest, reply: FastifyReply, outgoing: RestReply): FastifyReply => {
    const deliver = ({ status, headers, body }: RestReply): FastifyReply =>
      reply.code(status).headers(headers).send(body);
    if (gate.open) return deliver(outgoing);
    const { method } = request;
    const connection = connectionOf(request.raw.socket);
    const path = pathOf(request);
    gate.pass({ endpoint: "exchange-rest", connection, method, path }, outgoing, (passed) => void deliver(passed));
    return reply;
  };

  // The signature covers the bytes as sent, and one SDK sends no content type at all.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  const paths = new Set<string>();
  for (const { value: route } of routes) {
    paths.add(route.path);
    app.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => {
        const rawQuery = request.raw.url?.split("?").slice(1).join("?") ?? "";
        const rawBody = Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "";
        return send(request, reply, answer({ route, headers: request.headers, rawQuery, rawBody }, keys, state));
      },
    });
  }
  app.addHook("onRequest", (request, reply, done) => {
    // The gateway in front takes a body on a GET for an attack.
    const oddGet = request.method === "GET" && Number(request.headers["content-length"] ?? 0) > 0;
    const admitted = state.limits?.ip.admits(request.ip, state.clock.now()) ?? true;
    if (admitted && !oddGet) done();
    else send(request, reply, { status: 403, headers: { "content-type": "text/html" }, body: gatewayPage(403) });
  });
  app.setNotFoundHandler((request, reply) => {
    const status = paths.has(pathOf(request)) ? 400 : 404;
    return send(request, reply, { ...envelope(10017, "Route not found.", {}, {}, state.clock.now()), status });
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    journalRequest(journal, connectionOf(request.raw.socket), request, reply, payload, state.clock.now());
    done(null, payload);
  });
  return app;
}

const pathOf = (request: FastifyRequest): string => request.url.split("?")[0] ?? "";

function journalRequest(
  journal: JournalSink,
  connection: string,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  nowMs: number,
): void {
  const timestamp = Number(request.headers["x-bapi-timestamp"]);
  const seen = /^\{"retCode":(-?\d+),"retMsg":("(?:[^"\\]|\\.)*")/.exec(typeof payload === "string" ? payload : "");
  journal.write("exchange.request", {
    connection,
    method: request.method,
    path: pathOf(request),
    status: reply.statusCode,
    retCode: seen?.[1] === undefined ? null : Number(seen[1]),
    retMsg: seen?.[2] === undefined ? "" : (JSON.parse(seen[2]) as string),
    signedAheadMs: Number.isFinite(timestamp) ? timestamp - nowMs : null,
  });
}
