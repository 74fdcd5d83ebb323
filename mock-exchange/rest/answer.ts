/** From a request to its reply: signature, permission, rate limit, handler, envelope. No sockets here. */

import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { mayCallFrom, mayDo, mayTrade } from "../api-key.ts";
import type { Grant } from "../limits/rolling-window.ts";
import { limitHeaders } from "../limits/user-limits.ts";
import type { ExchangeState } from "../state.ts";
import { authenticate, type ApiKey } from "./authenticate.ts";
import type { RestReply } from "./reply.ts";
import {
  paramsError,
  permissionDenied,
  RetError,
  symbolNotAllowed,
  tooManyVisits,
  unmatchedIp,
} from "../protocol/ret-codes.ts";
import { JsonText, Reply, type RestRequest, type Route } from "./route.ts";

export interface Asked {
  route: Route;
  headers: IncomingHttpHeaders;
  rawQuery: string;
  rawBody: Buffer;
  /** The caller's address; asked for only where a key is bound to some. */
  ip(): string;
}

export function answer(asked: Asked, keys: readonly ApiKey[], state: ExchangeState): RestReply {
  const { route, headers, rawQuery, rawBody } = asked;
  const nowMs = state.clock.now();
  let limits: Record<string, string> | undefined;
  try {
    const payload = route.method === "GET" ? rawQuery : rawBody;
    const key = route.auth === "private" ? authenticate({ headers, payload }, keys, nowMs) : undefined;
    if (key !== undefined && !mayCallFrom(key, asked.ip())) throw unmatchedIp();
    const query = new URLSearchParams(rawQuery);
    const body = parseBody(rawBody);
    const category = textOf(body.category) || (query.get("category") ?? "");
    if (route.deed !== undefined && key !== undefined && !mayDo(key, route.deed, category)) throw permissionDenied();
    if (route.deed !== undefined && key !== undefined && !mayTrade(key, body)) throw symbolNotAllowed();
    const grant = takeLimit(route, category, body, state);
    if (grant !== undefined) limits = limitHeaders(grant);
    if (grant?.granted === 0) throw tooManyVisits();
    const granted = grant?.granted ?? weightOf(route, body);
    const request: RestRequest = { query, body, nowMs, granted };
    if (key !== undefined) request.key = key;
    // What an account is worth goes by prices, and nobody may have asked for them in a while.
    if (route.auth === "private") state.market.catchUp();
    const outcome = route.handle(request, state);
    const reply = outcome instanceof Reply ? outcome : new Reply(outcome, "OK");
    return envelope(0, reply.retMsg, reply.result, reply.beside, state.clock.now(), limits);
  } catch (error) {
    if (!(error instanceof RetError)) throw error;
    return envelope(error.retCode, error.message, error.result, {}, state.clock.now(), limits);
  }
}

const weightOf = (route: Route, body: Record<string, unknown>): number => route.weight?.(body) ?? 1;

/** Undefined where there is no limit. */
function takeLimit(
  route: Route,
  category: string,
  body: Record<string, unknown>,
  { limits, clock }: ExchangeState,
): Grant | undefined {
  if (route.limit === undefined || limits === undefined) return undefined;
  const bucket = route.bucket ?? route.path;
  return limits.user.take(bucket, route.limit, category, clock.now(), weightOf(route, body));
}

function parseBody(bytes: Buffer): Record<string, unknown> {
  if (bytes.length === 0) return {};
  try {
    const json: unknown = isUtf8(bytes) ? JSON.parse(bytes.toString("utf8")) : undefined;
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch {
    // Falls through to the same answer as any other body that is no object.
  }
  throw paramsError("body is not a JSON object");
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export const envelope = (
  retCode: number,
  retMsg: string,
  result: unknown,
  beside: Readonly<Record<string, unknown>>,
  nowMs: number,
  headers?: Readonly<Record<string, string>>,
): RestReply => {
  const time = Math.floor(nowMs);
  return {
    status: 200,
    headers: headers === undefined ? jsonType : { ...jsonType, ...headers },
    body:
      result instanceof JsonText
        ? `{"retCode":${retCode},"retMsg":${JSON.stringify(retMsg)},"result":${result.text},"retExtInfo":{},"time":${time}}`
        : JSON.stringify({ retCode, retMsg, result, retExtInfo: {}, time, ...beside }),
    said: { retCode, retMsg },
  };
};

const jsonType = { "content-type": "application/json; charset=utf-8" };
