/**
 * How long to wait before the next try: doubles from `firstMs` up to `capMs`, minus up to a fifth at random so that a
 * fleet does not come back in step. It starts over only after a session that was stable for a while: a server that
 * accepts and drops at once must not be hammered.
 */

export interface BackoffOptions {
  firstMs: number;
  capMs: number;
  /** A session that lasted this long counts as stable. */
  stableMs: number;
}

export interface Backoff {
  /** The wait before the next try, ms. */
  next(): number;
  /** Takes into account how long the last session lasted. */
  lasted(ms: number): void;
}

const jitter = 0.2;

export function exponentialBackoff(options: BackoffOptions): Backoff {
  let attempt = 0;
  return {
    next() {
      const wait = Math.min(options.firstMs * 2 ** attempt, options.capMs);
      attempt += 1;
      return wait * (1 - jitter * Math.random());
    },
    lasted(ms) {
      if (ms >= options.stableMs) attempt = 0;
    },
  };
}
