/**
 * How each category's socket answers. Bybit's gateways differ in keys and their order, and its encoder writes `<`, `>`
 * and `&` as escapes; both are on the wire, so both are here.
 */

import type { Category } from "../../market/market.ts";

export interface Answer {
  op: string;
  connId: string;
  /** Undefined where the client sent none. */
  reqId: string | undefined;
  /** Empty where all is well. */
  error: string;
  topics: readonly string[];
}

const goEscapes: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };

export const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&]/g, (letter) => goEscapes[letter] ?? letter);

/** The answer to subscribe, unsubscribe and anything refused. */
export function ackText(category: Category, { op, connId, reqId, error, topics }: Answer): string {
  if (category === "option" && (op === "subscribe" || op === "unsubscribe")) {
    const data = error === "" ? { failTopics: [], successTopics: topics } : { failTopics: topics, successTopics: [] };
    return goJson({ success: error === "", conn_id: connId, data, type: "COMMAND_RESP" });
  }
  const ret_msg = error === "" && category === "spot" ? op : error;
  return goJson({ success: error === "", ret_msg, conn_id: connId, ...echoed(category, reqId, error), op });
}

export function pongText(category: Category, connId: string, reqId: string | undefined, nowMs: number): string {
  if (category === "option") return goJson({ args: [String(Math.floor(nowMs))], op: "pong" });
  return goJson({ success: true, ret_msg: "pong", conn_id: connId, ...echoed(category, reqId, ""), op: "ping" });
}

/** Spot leaves the key out where the client sent none, except in a refusal. */
const echoed = (category: Category, reqId: string | undefined, error: string): { req_id?: string } =>
  category === "spot" && reqId === undefined && error === "" ? {} : { req_id: reqId ?? "" };
