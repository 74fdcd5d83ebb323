/**
 * One thing at a time. The market answers a trade with price changes and fills of other orders while the trade is
 * still being booked; such an answer waits here until the books are straight again.
 */

export class Lane {
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  /** Runs now where nothing else runs, otherwise right after it. */
  run(job: () => void): void {
    this.#waiting.push(job);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) next();
    } finally {
      this.#busy = false;
    }
  }

  /** For a request, which arrives from outside and so never while something else runs. */
  call<T>(job: () => T): T {
    let outcome: { value: T } | { error: unknown } = { error: new Error("The engine was asked from within itself.") };
    this.run(() => {
      try {
        outcome = { value: job() };
      } catch (error) {
        outcome = { error };
      }
    });
    const settled = outcome as { value: T } | { error: unknown };
    if ("error" in settled) throw settled.error;
    return settled.value;
  }
}
