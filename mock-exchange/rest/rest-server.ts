/**
 * Bybit's REST surface on a real socket: finds the routes, keeps bodies as raw bytes for the signature, hands each
 * request to the armed faults on its way, and journals every request and connection.
 */

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { JournalSink } from "../../core/journal/event.ts";
import { loadFolder } from "../../core/load-folder.ts";
import { gatewayPage } from "../limits/gateway-page.ts";
import type { ExchangeState } from "../state.ts";
import { answer, envelope } from "./answer.ts";
import type { ApiKey } from "./authenticate.ts";
import { askedFor } from "./faults/asked-for.ts";
import { HeadInHand, RequestInHand } from "./faults/request-in-hand.ts";
import type { RestFaults } from "./faults/rest-faults.ts";
import { htmlReply, type RestReply } from "./reply.ts";
import { RequestRecord } from "./request-record.ts";
import type { Route } from "./route.ts";
import { RestConnections } from "./track-connections.ts";

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

export function restServer({ keys, state, journal, faults }: RestServerOptions): FastifyInstance {
  const { clock } = state;
  const app = Fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  const connections = new RestConnections(app.server, clock, journal, (connection) => faults.opened(connection));
  faults.watch(() => connections.idle());
  app.addHook("preClose", () => connections.end());
  const recordContext = { clock, journal, onIdle: faults.becameIdle.bind(faults) };

  const deliver = (record: RequestRecord, reply: FastifyReply, outgoing: RestReply): void => {
    record.reply = outgoing;
    void reply.code(outgoing.status).headers(outgoing.headers).send(outgoing.body);
  };
  /** @param work What the exchange itself answers; the gateway in front of it may refuse. */
  const serve = (request: FastifyRequest, reply: FastifyReply, record: RequestRecord, work: () => RestReply): void => {
    const execute = (): RestReply => (isRefused(request, state) ? htmlReply(403, gatewayPage(403)) : work());
    if (faults.none) {
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
    const inHand = (): HeadInHand => new HeadInHand(record, reply, faults.means);
    if (faults.none || !faults.takesHead(subjectOf(record, request), inHand)) done();
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
        const rawQuery = request.raw.url?.split("?").slice(1).join("?") ?? "";
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (route.method === "POST") record.payload = rawBody.toString("utf8");
        serve(request, reply, record, () => {
          record.executed = true;
          return answer({ route, headers: request.headers, rawQuery, rawBody, ip: request.ip }, keys, state);
        });
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const record = recordOf(request);
    const status = paths.has(record.path) ? 400 : 404;
    serve(request, reply, record, () => ({ ...envelope(10017, "Route not found.", {}, {}, clock.now()), status }));
  });
  return app;
}

/** The gateway counts requests by address, and takes a body on a GET for an attack. */
function isRefused(request: FastifyRequest, { limits, clock }: ExchangeState): boolean {
  const admitted = limits?.ip.admits(request.ip, clock.now()) ?? true;
  // The gateway in front takes a body on a GET for an attack.
  const { "content-length": length = 0, "transfer-encoding": chunks } = request.headers;
  return !admitted || (request.method === "GET" && (Number(length) > 0 || chunks !== undefined));
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
