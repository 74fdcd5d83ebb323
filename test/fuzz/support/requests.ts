/** Requests as a client would sign and write them, for a kind to spoil. */

import { createHmac } from "node:crypto";
import type { ApiKey } from "../../../mock-exchange/api-key.ts";
import { key, startMs } from "./stage.ts";

export const hmac = (signer: ApiKey, text: string | Buffer): string =>
  createHmac("sha256", signer.secret).update(text).digest("hex");

export interface Parts {
  method: string;
  target: string;
  headers?: readonly string[];
  body?: string | Buffer;
}

export function rawRequest({ method, target, headers = [], body = "" }: Parts): Buffer {
  const payload = Buffer.from(body);
  const length = payload.length > 0 || method !== "GET" ? [`Content-Length: ${payload.length}`] : [];
  const head = [`${method} ${target} HTTP/1.1`, "Host: exchange", ...length, ...headers].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, "latin1"), payload]);
}

/** The four headers of a signed request. */
export function signature(payload: string | Buffer, signer: ApiKey = key): string[] {
  const origin = Buffer.concat([Buffer.from(`${startMs}${signer.key}5000`), Buffer.from(payload)]);
  return [
    `X-BAPI-API-KEY: ${signer.key}`,
    `X-BAPI-TIMESTAMP: ${startMs}`,
    `X-BAPI-SIGN: ${hmac(signer, origin)}`,
    "X-BAPI-RECV-WINDOW: 5000",
  ];
}

export const signedGet = (path: string, query: string, signer?: ApiKey): Buffer =>
  rawRequest({ method: "GET", target: `${path}?${query}`, headers: signature(query, signer) });

export const signedPost = (path: string, body: string | Buffer, signer?: ApiKey): Buffer =>
  rawRequest({ method: "POST", target: path, headers: signature(body, signer), body });
