/**
 * Who signed a request, as Bybit V5 checks it: HMAC-SHA256 over the bytes as received, never over a re-serialised form,
 * because every SDK orders, encodes and spaces its parameters in its own way.
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { emptyAuth, invalidKey, invalidSign, outsideRecvWindow } from "./ret-codes.ts";

export interface ApiKey {
  key: string;
  secret: string;
}

export interface SignedRequest {
  headers: IncomingHttpHeaders;
  /** GET: the query string as sent, without `?`. POST: the body as sent. */
  payload: string;
}

const defaultRecvWindowMs = "5000";
/** A client's clock may be ahead by less than this, whatever its recv window. */
const aheadMs = 1_000;

/**
 * @param nowMs The server's time, epoch ms.
 * @returns The key that signed.
 * @throws RetError 10001, 10002, 10003 or 10004.
 */
export function authenticate(request: SignedRequest, keys: readonly ApiKey[], nowMs: number): ApiKey {
  const timestamp = header(request, "x-bapi-timestamp");
  const key = header(request, "x-bapi-api-key");
  const sign = header(request, "x-bapi-sign");
  if (timestamp === "" || key === "" || sign === "") throw emptyAuth(timestamp, key, sign);

  const known = keys.find((candidate) => candidate.key === key);
  if (known === undefined) throw invalidKey();

  const recvWindow = header(request, "x-bapi-recv-window") || defaultRecvWindowMs;
  const requestMs = Number(timestamp);
  const serverMs = Math.floor(nowMs);
  const inWindow = serverMs - Number(recvWindow) <= requestMs && requestMs < serverMs + aheadMs;
  if (!inWindow) throw outsideRecvWindow(timestamp, serverMs, recvWindow);

  const origin = `${timestamp}${key}${recvWindow}${request.payload}`;
  if (!sameHex(sign, createHmac("sha256", known.secret).update(origin).digest("hex"))) throw invalidSign(origin);
  return known;
}

function header(request: SignedRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function sameHex(seen: string, expected: string): boolean {
  const [a, b] = [Buffer.from(seen), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
