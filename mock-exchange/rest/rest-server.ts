/**
 * Bybit's REST surface on a real socket: finds the routes, keeps bodies as raw bytes for the signature, hands each
 * request to the armed faults on its way, and journals every request and connection.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { messageOf } from "../../core/errors.ts";
import { createServer } from "../../core/http.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { loadFolder } from "../../core/load-folder.ts";
import { seconds } from "../../core/units.ts";
import { gatewayPage } from "../limits/gateway-page.ts";
import type { ExchangeState } from "../state.ts";
import { answer, envelope, type Asked } from "./answer.ts";
import type { ApiKey } from "./authenticate.ts";
import { notServed } from "./documented-endpoints.ts";
import { askedFor } from "./faults/asked-for.ts";
import { HeadInHand, RequestInHand } from "./faults/request-in-hand.ts";
import type { RestFaults } from "./faults/rest-faults.ts";
import { htmlReply, type RestReply } from "./reply.ts";
import { RequestRecord } from "./request-record.ts";
import type { Route } from "./route.ts";
import { HttpConnections } from "../../mock-kit/http/connections.ts";

declare module "fastify" {
  interface FastifyRequest {
    record: RequestRecord | null;
  }
}

export interface RestServerOptions {
  journal: JournalSink;
  keys: readonly ApiKey[];
  state: ExchangeState;
  faults: RestFaults;
}

/** Loaded with this module, not with a server: an incident clock is running by then, and at x300 a file is a second. */
const routes = await loadFolder<Route>(new URL("./routes/", import.meta.url));

/** What a GET of each path is answered by. */
export const gets: ReadonlyMap<string, Route> = new Map(
  routes.flatMap(({ value }) => (value.method === "GET" ? [[value.path, value]] : [])),
);
const noBytes = Buffer.alloc(0);
/** Sent to the client with each reply; a client that keeps connections has to give them up sooner. */
const keepAliveMs = seconds(72);
const noCompiler = (): never => {
  throw new Error("a route of the exchange has a schema, and nothing is loaded that compiles it");
};

export function restServer({ keys, state, journal, faults }: RestServerOptions): FastifyInstance {
  const { clock } = state;
  const app = Fastify({
    serverFactory: (fastify) =>
      createServer({ keepAliveTimeout: keepAliveMs }, (incoming, outgoing) => {
        if (!answersAtOnce(incoming, outgoing)) fastify(incoming, outgoing);
      }),
    ...{ forceCloseConnections: true, exposeHeadRoutes: false },
    // No route has a schema: what would compile them is not loaded, and the query is read where the signature is.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    routerOptions: { querystringParser: () => ({}) },
  });
  const connections = new HttpConnections(app.server, {
    ...{ endpoint: "exchange-rest", prefix: "rest", clock, journal },
    onOpened: (connection) => faults.opened(connection),
  });
  faults.watch(() => connections.idle());
  app.addHook("preClose", () => connections.end());
  const recordContext = { clock, journal, onIdle: faults.becameIdle.bind(faults) };

  /** A defect of ours costs its request and not the process. */
  const answered = (asked: Asked): RestReply => {
    try {
      return answer(asked, keys, state);
    } catch (error) {
      return { ...envelope(10016, `Server error. ${messageOf(error)}`, {}, {}, clock.now()), status: 500 };
    }
  };

  /** Nearly all requests: a GET of a route, without a body and while no fault is armed for it, has nothing to wait for. */
  const answersAtOnce = (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    if (!faults.noneOfRequests || incoming.method !== "GET" || hasBody(incoming)) return false;
    const { url = "" } = incoming;
    const queryAt = url.indexOf("?");
    const route = gets.get(queryAt === -1 ? url : url.slice(0, queryAt));
    if (route === undefined) return false;
    const record = new RequestRecord(connections.of(incoming.socket), incoming, outgoing, recordContext);
    const ip = (): string => incoming.socket.remoteAddress ?? "";
    const admitted = state.limits?.ip.admits(ip(), clock.now()) ?? true;
    record.executed = admitted;
    const asked = { route, headers: incoming.headers, rawQuery: record.payload, rawBody: noBytes, ip };
    send(record, outgoing, admitted ? answered(asked) : htmlReply(403, gatewayPage(403)));
    return true;
  };
  const deliver = (record: RequestRecord, reply: FastifyReply, outgoing: RestReply): void => {
    reply.hijack();
    send(record, reply.raw, outgoing);
  };
  /** @param work What the exchange itself answers; the gateway in front of it may have refused. */
  const serve = (request: FastifyRequest, reply: FastifyReply, record: RequestRecord, work: () => RestReply): void => {
    const execute = (): RestReply => (record.own = record.refused ? htmlReply(403, gatewayPage(403)) : work());
    if (faults.none || record.refused) {
      deliver(record, reply, execute());
      return;
    }
    const subject = subjectOf(record, request);
    const inHand = (): RequestInHand => new RequestInHand(record, reply, faults.means, execute);
    if (faults.takesRequest(subject, inHand)) return;
    const outgoing = execute();
    if (!faults.takesReply({ ...subject, reply: outgoing }, inHand)) deliver(record, reply, outgoing);
  };

  // The signature covers the bytes as sent, and one SDK sends no content type at all.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.decorateRequest("record", null);

  app.addHook("onRequest", (request, reply, done) => {
    const record = new RequestRecord(connections.of(request.raw.socket), request.raw, reply.raw, recordContext);
    request.record = record;
    // Each is counted, also one that a fault is about to answer: who hammers is refused as a whole.
    record.refused = isRefused(request, state);
    const inHand = (): HeadInHand => new HeadInHand(record, reply, faults.means);
    if (faults.none || record.refused || !faults.takesHead(subjectOf(record, request), inHand)) done();
  });
  const paths = new Set<string>();
  for (const { value: route } of routes) {
    paths.add(route.path);
    app.route({
      method: route.method,
      url: route.path,
      // Returning nothing, because Fastify takes a returned reply for a promise.
      handler: (request, reply) => {
        const record = recordOf(request);
        const { url = "" } = request.raw;
        const queryAt = url.indexOf("?");
        const rawQuery = queryAt === -1 ? "" : url.slice(queryAt + 1);
        const rawBody = Buffer.isBuffer(request.body) ? request.body : noBytes;
        if (route.method === "POST") record.payload = rawBody.toString("utf8");
        serve(request, reply, record, () => {
          record.executed = true;
          const { headers } = request;
          return answered({ route, headers, rawQuery, rawBody, ip: () => request.ip });
        });
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const record = recordOf(request);
    const why = notServed(record.method, record.path);
    const status = why !== undefined ? 501 : paths.has(record.path) ? 400 : 404;
    serve(request, reply, record, () => ({
      ...envelope(10017, why ?? "Route not found.", {}, {}, clock.now()),
      status,
    }));
  });
  return app;
}

function send(record: RequestRecord, outgoing: ServerResponse, reply: RestReply): void {
  record.own = reply;
  record.reply = reply;
  const { status, headers, body } = reply;
  outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  outgoing.end(body);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  Number(headers["content-length"] ?? 0) > 0 || headers["transfer-encoding"] !== undefined;

/** The gateway counts requests by address, and takes a body on a GET for an attack. */
function isRefused(request: FastifyRequest, { limits, clock }: ExchangeState): boolean {
  const admitted = limits?.ip.admits(request.ip, clock.now()) ?? true;
  return !admitted || (request.method === "GET" && hasBody(request.raw));
}

function recordOf({ record }: FastifyRequest): RequestRecord {
  if (record === null) throw new Error("a handler ran before its request was written down");
  return record;
}

const subjectOf = (record: RequestRecord, { raw }: FastifyRequest) => ({
  connection: record.connection.name,
  describe: `${record.method} ${record.path}`,
  asked: askedFor(record, raw),
});
