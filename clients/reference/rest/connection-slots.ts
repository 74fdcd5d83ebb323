/**
 * Who may use a connection, and when another one is opened: requests share the connections there are, orders and
 * account first, and a new connection is added only now and then while somebody waits. An edge that sees many new
 * connections at once resets them, so a burst must not become a burst of dials.
 */

interface Waiting {
  go: () => void;
  giveUp: (error: Error) => void;
}

export class ConnectionSlots {
  readonly limit: number;
  readonly #growEveryMs: number;
  readonly #waiting: Waiting[] = [];
  readonly #urgent: Waiting[] = [];
  #slots = 0;
  #busy = 0;
  #grownAt = -Infinity;
  #growing: NodeJS.Timeout | undefined;

  constructor(limit: number, growEveryMs: number) {
    this.limit = limit;
    this.#growEveryMs = growEveryMs;
  }

  /** Runs the request once it has a connection to itself. */
  async use<T>(urgent: boolean, request: () => Promise<T>): Promise<T> {
    await new Promise<void>((go, giveUp) => {
      (urgent ? this.#urgent : this.#waiting).push({ go, giveUp });
      this.#serve();
    });
    try {
      return await request();
    } finally {
      this.#busy -= 1;
      this.#serve();
    }
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

  get #queued(): number {
    return this.#urgent.length + this.#waiting.length;
  }

  #serve(): void {
    while (this.#queued > 0 && this.#busy < this.#slots) {
      this.#busy += 1;
      (this.#urgent.shift() ?? this.#waiting.shift())?.go();
    }
    if (this.#queued > 0 && this.#slots < this.limit) this.#grow();
  }

  #grow(): void {
    if (this.#growing !== undefined) return;
    const waitMs = Math.max(this.#grownAt + this.#growEveryMs - Date.now(), 0);
    this.#growing = setTimeout(() => {
      this.#growing = undefined;
      this.#grownAt = Date.now();
      this.#slots = Math.min(this.#slots + 1, this.limit);
      this.#serve();
    }, waitMs);
  }
}
