/**
 * How much one user may ask of one endpoint. The numbers stand with each endpoint, as data; the count is kept here, in
 * buckets that REST and the trade stream share. All keys belong to one user, so a bucket needs no user.
 */

import { RollingWindow, type Grant } from "./rolling-window.ts";

export interface Limit {
  /** Requests per window; by category where that matters. */
  allowed: number | Readonly<Record<string, number>>;
  /** Default one second. */
  windowMs?: number;
}

const secondMs = 1_000;

export class UserLimits {
  readonly #windows = new Map<number, RollingWindow>();

  /** @param bucket What is counted together, such as `order.create`. */
  take(bucket: string, limit: Limit, category: string, nowMs: number, wanted = 1): Grant {
    const windowMs = limit.windowMs ?? secondMs;
    const window = this.#windows.get(windowMs) ?? new RollingWindow(windowMs);
    this.#windows.set(windowMs, window);
    const { allowed } = limit;
    if (typeof allowed === "number") return window.take(bucket, allowed, nowMs, wanted);
    // An unknown category is refused for itself; until then it counts as a contract, so that junk opens no new buckets.
    const counted = Object.hasOwn(allowed, category) ? category : "linear";
    return window.take(`${bucket}/${counted}`, allowed[counted] ?? 0, nowMs, wanted);
  }
}

/** The three headers of a reply to a signed request. */
export const limitHeaders = ({ limit, remaining, resetMs }: Grant): Record<string, string> => ({
  "X-Bapi-Limit": String(limit),
  "X-Bapi-Limit-Status": String(remaining),
  "X-Bapi-Limit-Reset-Timestamp": String(resetMs),
});
