/**
 * Bybit's REST surface on a real socket: finds the routes, keeps bodies as raw bytes for the signature, wraps results
 * and business errors in the envelope, and journals every request and connection.
 */

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { ExchangeState } from "../state.ts";
import { authenticate, type ApiKey } from "./authenticate.ts";
import { paramsError, RetError } from "./ret-codes.ts";
import { Reply, type Route } from "./route.ts";
import { trackConnections } from "./track-connections.ts";

export interface RestServerOptions {
  clock: Clock;
  journal: JournalSink;
  keys: readonly ApiKey[];
  state: ExchangeState;
}

interface Envelope {
  retCode: number;
  retMsg: string;
  result: unknown;
  retExtInfo: Record<string, unknown>;
  time: number;
}

export async function restServer(options: RestServerOptions): Promise<FastifyInstance> {
  const app = Fastify({ forceCloseConnections: true });
  const connectionOf = trackConnections(app.server, options.journal);

  // The signature covers the bytes as sent, and one SDK sends no content type at all.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  for (const { value } of await loadFolder<Route>(new URL("./routes/", import.meta.url))) {
    app.route({ method: value.method, url: value.path, handler: (request) => answer(value, request, options) });
  }
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(envelope(10017, "Route not found.", {}, options.clock.now())),
  );
  app.addHook("onSend", (request, reply, payload, done) => {
    journalRequest(options.journal, connectionOf(request.raw.socket), request, reply, payload);
    done(null, payload);
  });
  return app;
}

function answer(route: Route, request: FastifyRequest, { clock, keys, state }: RestServerOptions): Envelope {
  const nowMs = clock.now();
  const rawQuery = request.raw.url?.split("?").slice(1).join("?") ?? "";
  const rawBody = Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "";
  try {
    const payload = route.method === "GET" ? rawQuery : rawBody;
    if (route.auth === "private") authenticate({ headers: request.headers, payload }, keys, nowMs);
    const result = route.handle({ query: new URLSearchParams(rawQuery), body: parseBody(rawBody), nowMs }, state);
    if (result instanceof Reply) {
      return { ...envelope(0, result.retMsg, result.result, clock.now()), ...result.beside };
    }
    return envelope(0, "OK", result, clock.now());
  } catch (error) {
    if (error instanceof RetError) return envelope(error.retCode, error.message, {}, clock.now());
    throw error;
  }
}

function parseBody(text: string): Record<string, unknown> {
  if (text === "") return {};
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json as Record<string, unknown>;
  } catch {
    // Falls through to the same answer as any other body that is no object.
  }
  throw paramsError("body is not a JSON object");
}

const envelope = (retCode: number, retMsg: string, result: unknown, nowMs: number): Envelope => ({
  retCode,
  retMsg,
  result,
  retExtInfo: {},
  time: Math.floor(nowMs),
});

function journalRequest(
  journal: JournalSink,
  connection: string,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): void {
  const seen = /^\{"retCode":(-?\d+),"retMsg":("(?:[^"\\]|\\.)*")/.exec(typeof payload === "string" ? payload : "");
  journal.write("exchange.request", {
    connection,
    method: request.method,
    path: request.url.split("?")[0] ?? "",
    status: reply.statusCode,
    retCode: seen?.[1] === undefined ? null : Number(seen[1]),
    retMsg: seen?.[2] === undefined ? "" : (JSON.parse(seen[2]) as string),
  });
}
