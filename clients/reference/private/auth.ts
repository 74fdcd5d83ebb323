/** The proof with which a private stream says whose it is. It is good for a few seconds only, so it is made when it is sent. */

import { createHmac } from "node:crypto";

const goodForMs = 10_000;

/** @param nowMs The exchange's date, not ours. */
export function authFrame({ apiKey, apiSecret }: { apiKey: string; apiSecret: string }, nowMs: number): object {
  const expires = Math.floor(nowMs) + goodForMs;
  const signature = createHmac("sha256", apiSecret).update(`GET/realtime${expires}`).digest("hex");
  return { op: "auth", args: [apiKey, expires, signature] };
}
