/**
 * A connection that answers pings and brings no data is stale. It is judged from the moment it stands, so a new one has
 * the whole time (report D: 60 s, and never within the first 30 s).
 */

export interface StaleTimer {
  /** The connection stands. */
  start(): void;
  /** Data came in. */
  touch(): void;
  stop(): void;
  /** How long no data has come in, ms. */
  readonly ageMs: number;
}

export class StaleAfter implements StaleTimer {
  readonly #staleMs: number;
  readonly #stale: () => void;
  #touchedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(staleMs: number, stale: () => void) {
    this.#staleMs = staleMs;
    this.#stale = stale;
  }

  start(): void {
    this.touch();
    this.#arm();
  }

  touch(): void {
    this.#touchedAt = performance.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get ageMs(): number {
    return performance.now() - this.#touchedAt;
  }

  /** One timer that is set again when it fires, not with every frame. */
  #arm(): void {
    if (this.#staleMs === Infinity) return;
    this.#timer = setTimeout(() => setImmediate(() => this.#look()), Math.max(this.#staleMs - this.ageMs, 1));
  }

  #look(): void {
    if (this.#timer === undefined) return;
    if (this.ageMs >= this.#staleMs) this.#stale();
    else this.#arm();
  }
}
