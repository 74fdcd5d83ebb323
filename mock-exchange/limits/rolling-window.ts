/** How often something happened within the last stretch of incident time, per key: the heart of every rate limit. */

export interface Grant {
  /** How many of those wanted are allowed. */
  granted: number;
  limit: number;
  remaining: number;
  /** Epoch ms: about now where all were granted, otherwise when the next one is free. */
  resetMs: number;
}

export class RollingWindow {
  readonly #windowMs: number;
  readonly #uses = new Map<string, number[]>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  take(key: string, limit: number, nowMs: number, wanted = 1): Grant {
    const recent = (this.#uses.get(key) ?? []).filter((atMs) => atMs > nowMs - this.#windowMs);
    const granted = Math.min(wanted, Math.max(limit - recent.length, 0));
    for (let i = 0; i < granted; i += 1) recent.push(nowMs);
    this.#uses.set(key, recent);
    const oldestMs = recent[0] ?? nowMs;
    const resetMs = Math.ceil(granted === wanted ? nowMs : oldestMs + this.#windowMs);
    return { granted, limit, remaining: Math.max(limit - recent.length, 0), resetMs };
  }
}
