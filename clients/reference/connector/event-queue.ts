/**
 * What waits to be handled: bounded, the oldest goes first when it is full, because in market data the newest counts.
 * One bad event never ends the loop: it is counted, and the next one is handled.
 */

export interface QueueState {
  size: number;
  /** Events that were bad, or whose handling failed. */
  errors: number;
  dropped: number;
}

const most = 1_000;
/** As much is handled at once before timers and sockets get their turn. */
const atOnce = 100;

export class EventQueue<T> {
  readonly #handle: (item: T) => void;
  readonly #onError: (error: unknown) => void;
  readonly #waiting: T[] = [];
  #errors = 0;
  #dropped = 0;
  #working = false;

  constructor(handle: (item: T) => void, onError: (error: unknown) => void) {
    this.#handle = handle;
    this.#onError = onError;
  }

  push(item: T): void {
    this.#waiting.push(item);
    if (this.#waiting.length > most) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    if (this.#working) return;
    this.#working = true;
    setImmediate(() => this.#work());
  }

  get state(): QueueState {
    return { size: this.#waiting.length, errors: this.#errors, dropped: this.#dropped };
  }

  #work(): void {
    for (const item of this.#waiting.splice(0, atOnce)) {
      try {
        this.#handle(item);
      } catch (error) {
        this.#errors += 1;
        this.#onError(error);
      }
    }
    this.#working = this.#waiting.length > 0;
    if (this.#working) setImmediate(() => this.#work());
  }
}
