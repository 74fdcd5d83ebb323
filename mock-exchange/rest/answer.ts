/** From a request to its reply: signature, permission, rate limit, handler, envelope. No sockets here. */

import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { mayCallFrom, mayDo } from "../api-key.ts";
import { limitHeaders } from "../limits/user-limits.ts";
import type { ExchangeState } from "../state.ts";
import { authenticate, type ApiKey } from "./authenticate.ts";
import type { RestReply } from "./reply.ts";
import { paramsError, permissionDenied, RetError, tooManyVisits, unmatchedIp } from "./ret-codes.ts";
import { Reply, type Route } from "./route.ts";

export interface Asked {
  route: Route;
  headers: IncomingHttpHeaders;
  rawQuery: string;
  rawBody: Buffer;
  /** The caller's address. */
  ip: string;
}

export function answer(asked: Asked, keys: readonly ApiKey[], state: ExchangeState): RestReply {
  const { route, headers, rawQuery, rawBody, ip } = asked;
  const nowMs = state.clock.now();
  const limits: Record<string, string> = {};
  try {
    const payload = route.method === "GET" ? rawQuery : rawBody;
    const key = route.auth === "private" ? authenticate({ headers, payload }, keys, nowMs) : undefined;
    if (key !== undefined && !mayCallFrom(key, ip)) throw unmatchedIp();
    const query = new URLSearchParams(rawQuery);
    const body = parseBody(rawBody);
    const category = textOf(body.category) || (query.get("category") ?? "");
    if (route.deed !== undefined && key !== undefined && !mayDo(key, route.deed, category)) throw permissionDenied();
    const granted = takeLimit(route, category, body, state, limits);
    const request = { query, body, nowMs, granted, ...(key === undefined ? {} : { key }) };
    const outcome = route.handle(request, state);
    const reply = outcome instanceof Reply ? outcome : new Reply(outcome, "OK");
    return envelope(0, reply.retMsg, reply.result, reply.beside, state.clock.now(), limits);
  } catch (error) {
    if (!(error instanceof RetError)) throw error;
    return envelope(error.retCode, error.message, error.result, {}, state.clock.now(), limits);
  }
}

/** @throws RetError 10006 where nothing is left. */
function takeLimit(
  route: Route,
  category: string,
  body: Record<string, unknown>,
  { limits, clock }: ExchangeState,
  headers: Record<string, string>,
): number {
  const wanted = route.weight?.(body) ?? 1;
  if (route.limit === undefined || limits === undefined) return wanted;
  const grant = limits.user.take(route.bucket ?? route.path, route.limit, category, clock.now(), wanted);
  Object.assign(headers, limitHeaders(grant));
  if (grant.granted === 0) throw tooManyVisits();
  return grant.granted;
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
  headers: Readonly<Record<string, string>> = {},
): RestReply => ({
  status: 200,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify({ retCode, retMsg, result, retExtInfo: {}, time: Math.floor(nowMs), ...beside }),
});
