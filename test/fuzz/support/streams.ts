/** The streams' paths and ports, and how each of them greets, refuses and says goodbye. */

import { hmac } from "./requests.ts";
import { key, startMs, type Ports } from "./stage.ts";
import { frame } from "./ws-wire.ts";

export const publicPaths = ["spot", "linear", "inverse", "option"].map((category) => `/v5/public/${category}`);
export const paths = [...publicPaths, "/v5/private", "/v5/trade"];

export function portOf(path: string, ports: Ports): number {
  return path === "/v5/private" ? ports.private : path === "/v5/trade" ? ports.trade : ports.public;
}

const expires = startMs + 10_000;

/** Logs a private or trade connection in; nothing on a public one. */
export function login(path: string): Buffer {
  if (path.startsWith("/v5/public/")) return Buffer.alloc(0);
  return frame(JSON.stringify({ op: "auth", args: [key.key, expires, hmac(key, `GET/realtime${expires}`)] }));
}

const endId = "end-of-cases";

/** A ping, so that its pong shows that everything before it was answered or never will be. */
export const ending = frame(JSON.stringify({ op: "ping", req_id: endId, reqId: endId, args: [endId] }));

/** Options' pongs do not name the ping. No case of a shared connection pings, so the pong is the ending's. */
export const isEnding = (text: string): boolean => /"op":"pong"|"ret_msg":"pong"/.test(text);

/** An error on that path in its dialect: the keys in their order. */
export function refusal(
  path: string,
  answer: { op: string; text: unknown; id?: string | undefined; code?: number },
): Record<string, unknown> {
  const { op, text, id, code = 10_001 } = answer;
  if (path === "/v5/trade") {
    return { ...(id === undefined ? {} : { reqId: id }), retCode: code, retMsg: text, op, connId: undefined };
  }
  if (path === "/v5/private") {
    return { ...(id === undefined ? {} : { req_id: id }), success: false, ret_msg: text, op, conn_id: undefined };
  }
  return { success: false, ret_msg: text, conn_id: undefined, req_id: id ?? "", op };
}
