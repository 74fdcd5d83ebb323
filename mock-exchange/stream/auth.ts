/** The signed proof with which a private or trade connection says whose it is. */

import { isSignedBy, type ApiKey } from "../api-key.ts";

/**
 * @param args `[key, expires, signature]`; `expires` is a number from some clients and a string from others.
 * @returns The key, or why the proof is refused.
 */
export function proven(args: unknown, keys: readonly ApiKey[], nowMs: number): ApiKey | string {
  if (!Array.isArray(args)) return "no args";
  const [key, expires, signature] = args as unknown[];
  if (typeof key !== "string" || typeof signature !== "string") return "no key or signature";
  if (typeof expires !== "number" && typeof expires !== "string") return "no expiry";
  const known = keys.find((candidate) => candidate.key === key);
  if (known === undefined) return "unknown key";
  if (!(Number(expires) > nowMs) || nowMs >= (known.expiresMs ?? Infinity)) return "expired";
  return isSignedBy(known, `GET/realtime${expires}`, signature) ? known : "wrong signature";
}
