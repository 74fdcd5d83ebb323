/**
 * Discord's limits of a webhook: five messages in two seconds, and whatever longer pause a fault imposes, on this webhook
 * or on everything. Who comes before it is over is refused again, and how much too early it was is in the journal.
 */

import { seconds } from "../core/units.ts";
import { json, type Reply } from "./reply.ts";

const most = 5;
const windowMs = seconds(2);

export class RateLimit {
  #windowEndsAt = -Infinity;
  #used = 0;
  #pause: { untilMs: number; isGlobal: boolean } | undefined;

  /** Nothing is taken for so long. */
  pause(nowMs: number, ms: number, isGlobal: boolean): void {
    this.#pause = { untilMs: nowMs + ms, isGlobal };
  }

  /** A pause is over before its time. */
  lift(): void {
    this.#pause = undefined;
  }

  /** How much sooner than allowed a request comes. */
  earlyMs(nowMs: number): number {
    return Math.max((this.#pause?.untilMs ?? nowMs) - nowMs, 0);
  }

  /** The refusal, where one more is too many; else it is counted. */
  refuses(nowMs: number): Reply | undefined {
    const waitMs = this.earlyMs(nowMs);
    if (waitMs > 0) return tooMany(waitMs, this.#pause?.isGlobal ?? false, this.headers(nowMs));
    if (nowMs >= this.#windowEndsAt) {
      this.#windowEndsAt = nowMs + windowMs;
      this.#used = 0;
    }
    if (this.#used >= most) {
      const pauseMs = this.#windowEndsAt - nowMs;
      this.pause(nowMs, pauseMs, false);
      return tooMany(pauseMs, false, this.headers(nowMs));
    }
    this.#used += 1;
    return undefined;
  }

  headers(nowMs: number): Record<string, string> {
    const endsAt = Math.max(this.#windowEndsAt, nowMs, this.#pause?.untilMs ?? 0);
    return {
      "x-ratelimit-limit": String(most),
      "x-ratelimit-remaining": String(this.earlyMs(nowMs) > 0 ? 0 : Math.max(most - this.#used, 0)),
      "x-ratelimit-reset": (endsAt / 1_000).toFixed(3),
      "x-ratelimit-reset-after": ((endsAt - nowMs) / 1_000).toFixed(3),
      "x-ratelimit-bucket": "firedrill-webhook",
    };
  }
}

/** `retry_after` is in seconds with a fraction; the header holds whole seconds. */
function tooMany(waitMs: number, isGlobal: boolean, headers: Record<string, string>): Reply {
  const wait = Math.ceil(waitMs) / 1_000;
  const reply = json(429, { message: "You are being rate limited.", retry_after: wait, global: isGlobal });
  return {
    ...reply,
    headers: {
      ...reply.headers,
      ...(isGlobal ? { "x-ratelimit-global": "true" } : headers),
      "x-ratelimit-scope": isGlobal ? "global" : "user",
      "retry-after": String(Math.ceil(wait)),
    },
    retryAfterMs: waitMs,
    said: "You are being rate limited.",
  };
}
