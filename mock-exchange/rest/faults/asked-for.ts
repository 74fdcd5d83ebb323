/** Reads of a request what a rule can match. A body that is no JSON names nothing. */

import type { IncomingMessage } from "node:http";
import type { RequestRecord } from "../request-record.ts";
import type { AskedFor } from "./match.ts";

export function askedFor(record: RequestRecord, incoming: IncomingMessage): AskedFor {
  const { method, path, payload } = record;
  const given = method === "GET" ? [Object.fromEntries(new URLSearchParams(payload))] : objectsIn(payload);
  const named = (field: string): string[] =>
    given.map((object) => object[field]).filter((value) => typeof value === "string");
  const signed = incoming.headers["x-bapi-sign"] !== undefined;
  return { method, path, payload, signed, categories: named("category"), symbols: named("symbol") };
}

/** The body, and the orders of a batch. */
function objectsIn(body: string): Record<string, unknown>[] {
  try {
    const whole: unknown = JSON.parse(body);
    if (!isObject(whole)) return [];
    return [whole, ...(Array.isArray(whole.request) ? whole.request.filter(isObject) : [])];
  } catch {
    return [];
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
