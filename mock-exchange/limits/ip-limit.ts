/**
 * 600 requests in 5 s from one address, over everything that REST serves. Whoever exceeds it gets a page from the
 * gateway instead of an envelope, and goes on getting it for ten minutes.
 */

import { minutes, seconds } from "../../core/units.ts";
import { RollingWindow } from "./rolling-window.ts";

const allowed = 600;
const windowMs = seconds(5);
const banMs = minutes(10);

export class IpLimit {
  readonly #window = new RollingWindow(windowMs);
  readonly #bannedUntil = new Map<string, number>();

  /** Counts a request; false where the gateway refuses it. */
  admits(ip: string, nowMs: number): boolean {
    if (nowMs < (this.#bannedUntil.get(ip) ?? 0)) return false;
    if (this.#window.take(ip, allowed, nowMs).granted === 1) return true;
    this.#bannedUntil.set(ip, nowMs + banMs);
    return false;
  }
}
