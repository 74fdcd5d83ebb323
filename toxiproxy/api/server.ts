/**
 * Toxiproxy's HTTP API on Fastify: routes, statuses and error bodies. Not kept: redirects for `//`, the 25 s limit on a
 * request, and bodies without limit (here 1 MiB).
 */

import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ApiError } from "./errors.ts";
import { goJson } from "./render.ts";

export interface Answer {
  status?: number;
  /** Already JSON, or a stream of it, or nothing. */
  body?: string | Readable;
  contentType?: string;
}

export interface Call {
  params: { proxy: string; toxic: string };
  query: Readonly<Record<string, string>>;
  body: Buffer;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Path -> method -> handler. A path's other methods are answered with 405. */
export type Routes = Record<string, Partial<Record<Method, Handler>>>;

const methods = ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS"] as const;
type Method = (typeof methods)[number];

const bodyBytesMax = 1_048_576;

export function apiServer(routes: Routes): FastifyInstance {
  const app = Fastify({
    bodyLimit: bodyBytesMax,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 4_096 },
  });
  // Clients send JSON under any content type, or none.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => pageNotFound(reply));
  app.setErrorHandler((error, _request, reply) => refuse(reply, error));

  const serial = oneAfterTheOther();
  for (const [url, handlers] of Object.entries(routes)) {
    for (const method of methods) {
      const handler = handlers[method];
      const answer = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | FastifyReply => {
        const params = request.params as Call["params"];
        const query = request.query as Call["query"];
        if (Object.values(params).some((name) => name === "" || name.includes("/"))) return pageNotFound(reply);
        if (handler === undefined) return reply.code(405).send();
        void reply.header("x-toxiproxy-request-id", randomUUID());
        if (request.headers["user-agent"]?.startsWith("Mozilla/") === true)
          return plainError(reply, 403, "User agent not allowed");
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        // The next call need not wait for the answer to be read: a feed's never ends.
        const answered = serial(async () => handler({ params, query, body }));
        return answered.then((done) => send(reply, done));
      };
      app.route({ method, url, handler: answer });
    }
  }
  return app;
}

function send(reply: FastifyReply, { status = 200, body, contentType = "application/json" }: Answer): FastifyReply {
  if (body === undefined) return reply.code(status).send();
  // As a buffer, because Fastify would add a charset to the content type of a string.
  return reply
    .code(status)
    .header("content-type", contentType)
    .send(typeof body === "string" ? Buffer.from(body) : body);
}

const pageNotFound = (reply: FastifyReply): FastifyReply => plainError(reply, 404, "404 page not found");

/** Go's `http.Error` makes plain text of everything, of the JSON of API errors too. */
const plainError = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply
    .code(status)
    .header("content-type", "text/plain; charset=utf-8")
    .header("x-content-type-options", "nosniff")
    .send(`${text}\n`);

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  const { message, status, statusCode } = error as { message: string; status?: number; statusCode?: number };
  const code = error instanceof ApiError ? error.status : (status ?? statusCode ?? 500);
  return plainError(reply, code, goJson({ error: message, status: code }));
}

/** Runs one call at a time: opening a port takes time, and two clients may ask for the same name. */
function oneAfterTheOther(): <T>(call: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const result = last.then(call);
    last = result.catch(() => undefined);
    return result;
  };
}
