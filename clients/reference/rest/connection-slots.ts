/**
 * Who may use a connection, and when another one is opened: requests share the connections there are, orders and
 * account first. Another one is dialled only where somebody has waited for a while, and never several at once: an edge
 * that sees many new connections resets them, so a burst must not become a burst of dials.
 */

interface Waiting {
  sinceMs: number;
  go: () => void;
  giveUp: (error: Error) => void;
}

export interface DialPace {
  /** A burst that the connections there are get through in that time needs no other. */
  patienceMs: number;
  /** The same for what is urgent; default as the others. */
  urgent?: Pick<DialPace, "patienceMs" | "everyMs">;
  /** Between one dial and the next. */
  everyMs: number;
}

/** For a client that is not gentle. */
export const dialAtOnce: DialPace = { patienceMs: 0, everyMs: 0 };

/** What goes on needs some connections at once, and an edge that counts new ones allows that many. */
const atOnceAfterRenewal = 3;

export class ConnectionSlots {
  readonly limit: number;
  readonly #pace: DialPace;
  readonly #waiting: Waiting[] = [];
  readonly #urgent: Waiting[] = [];
  #slots = 0;
  #busy = 0;
  /** Counts the renewals. */
  #generation = 0;
  #grownMs = -Infinity;
  #growing: NodeJS.Timeout | undefined;

  constructor(limit: number, pace: DialPace) {
    this.limit = limit;
    this.#pace = pace;
  }

  /** Runs the request once it has a connection to itself. */
  async use<T>(urgent: boolean, request: () => Promise<T>): Promise<T> {
    await new Promise<void>((go, giveUp) => {
      (urgent ? this.#urgent : this.#waiting).push({ sinceMs: performance.now(), go, giveUp });
      if (urgent) this.#waitNoLonger();
      this.#serve();
    });
    const generation = this.#generation;
    try {
      return await request();
    } finally {
      // The pool has its connection back a turn of the event loop after the reply; whoever is sooner makes it dial another.
      setImmediate(() => this.#free(generation));
    }
  }

  /** The connections there are end, those in use with their request; a few take their place at once, more as gently as ever. */
  renew(): void {
    this.#generation += 1;
    this.#slots = Math.min(this.#slots, this.#busy + atOnceAfterRenewal);
  }

  /** A connection is gone; the next one in its place is dialled as gently as any. */
  lost(): void {
    this.#slots = Math.max(this.#slots - 1, 0);
    this.#serve();
  }

  /** Nobody gets a connection any more. */
  stop(): void {
    clearTimeout(this.#growing);
    const all = [...this.#urgent.splice(0), ...this.#waiting.splice(0)];
    for (const { giveUp } of all) giveUp(new Error("the session is closed"));
  }

  #free(generation: number): void {
    this.#busy -= 1;
    // Its connection ended with it.
    if (generation !== this.#generation) this.#slots -= 1;
    this.#serve();
  }

  #serve(): void {
    for (;;) {
      while (this.#busy < this.#slots) {
        const next = this.#urgent.shift() ?? this.#waiting.shift();
        if (next === undefined) return;
        this.#busy += 1;
        next.go();
      }
      const dueMs = this.#dueMs();
      if (dueMs === Infinity || this.#slots >= this.limit || this.#growing !== undefined) return;
      const waitMs = dueMs - performance.now();
      if (waitMs > 0) {
        this.#growing = setTimeout(() => {
          this.#growing = undefined;
          this.#serve();
        }, waitMs);
        return;
      }
      this.#grownMs = performance.now();
      this.#slots += 1;
    }
  }

  /** When another connection is due for those who wait; Infinity where nobody does. */
  #dueMs(): number {
    const due = (
      first: Waiting | undefined,
      { patienceMs, everyMs }: Pick<DialPace, "patienceMs" | "everyMs">,
    ): number =>
      first === undefined
        ? Infinity
        : Math.max(first.sinceMs + (this.#slots === 0 ? 0 : patienceMs), this.#grownMs + everyMs);
    return Math.min(due(this.#urgent[0], this.#pace.urgent ?? this.#pace), due(this.#waiting[0], this.#pace));
  }

  /** Somebody has come who may be due before those that it was reckoned for. */
  #waitNoLonger(): void {
    clearTimeout(this.#growing);
    this.#growing = undefined;
  }
}
