/** Bybit's signature: HMAC over timestamp, key, window and payload, made anew for each attempt. */

import { createHmac } from "node:crypto";

const recvWindow = "5000";

export function signature(
  { key, secret }: { key: string; secret: string },
  nowMs: number,
  payload: string,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs));
  const sign = createHmac("sha256", secret).update(`${timestamp}${key}${recvWindow}${payload}`).digest("hex");
  return {
    "X-BAPI-API-KEY": key,
    "X-BAPI-TIMESTAMP": timestamp,
    "X-BAPI-RECV-WINDOW": recvWindow,
    "X-BAPI-SIGN": sign,
  };
}
