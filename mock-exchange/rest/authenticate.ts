/**
 * Who signed a request, as Bybit V5 checks it: over the bytes as received, never over a re-serialised form, because
 * every SDK orders, encodes and spaces its parameters in its own way.
 */

import type { IncomingHttpHeaders } from "node:http";
import { isSignedBy, type ApiKey } from "../api-key.ts";
import { emptyAuth, expiredKey, invalidKey, invalidSign, outsideRecvWindow } from "../protocol/ret-codes.ts";

export type { ApiKey } from "../api-key.ts";

export interface SignedRequest {
  headers: IncomingHttpHeaders;
  /** GET: the query string as sent, without `?`. POST: the body as sent; bytes need not be UTF-8. */
  payload: string | Buffer;
}

const defaultRecvWindowMs = "5000";
/** A client's clock may be ahead by less than this, whatever its recv window. */
const aheadMs = 1_000;

/**
 * @param nowMs The server's time, epoch ms.
 * @returns The key that signed.
 * @throws RetError 10001, 10002, 10003, 10004 or 33004.
 */
export function authenticate(request: SignedRequest, keys: readonly ApiKey[], nowMs: number): ApiKey {
  const timestamp = header(request, "x-bapi-timestamp");
  const key = header(request, "x-bapi-api-key");
  const sign = header(request, "x-bapi-sign");
  if (timestamp === "" || key === "" || sign === "") throw emptyAuth(timestamp, key, sign);

  const known = keys.find((candidate) => candidate.key === key);
  if (known === undefined) throw invalidKey();
  if (nowMs >= (known.expiresMs ?? Infinity)) throw expiredKey();

  // A client that sends no window has signed the default, or nothing in its place.
  const sent = header(request, "x-bapi-recv-window");
  checkTimestamp(timestamp, sent || defaultRecvWindowMs, nowMs);
  const origins = [...new Set([sent || defaultRecvWindowMs, sent])].map(
    (recvWindow) => `${timestamp}${key}${recvWindow}`,
  );
  const payload = Buffer.from(request.payload);
  if (!origins.some((origin) => isSignedBy(known, Buffer.concat([Buffer.from(origin), payload]), sign)))
    throw invalidSign(`${origins[0]}${payload.toString("utf8")}`);
  return known;
}

/** @throws RetError 10002 where the timestamp is outside the window, or is no number. */
export function checkTimestamp(timestamp: string, recvWindow: string, nowMs: number): void {
  const requestMs = Number(timestamp);
  const serverMs = Math.floor(nowMs);
  const inWindow = serverMs - Number(recvWindow) <= requestMs && requestMs < serverMs + aheadMs;
  if (!inWindow) throw outsideRecvWindow(timestamp, serverMs, recvWindow);
}

function header(request: SignedRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}
