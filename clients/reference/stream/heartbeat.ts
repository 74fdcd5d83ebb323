/**
 * Bybit's heartbeat: a JSON ping on a timer of its own, apart from the data. A ping after which not one byte comes in
 * by its deadline was sent to nobody; any byte is a sign of life, the pong is only the one that is sure to come.
 */

export interface HeartbeatOptions {
  ping(): void;
  /** Bytes that have come in on the connection so far. */
  bytesRead(): number;
  dead(): void;
}

/** Bybit asks for one every 20 s at least; a timer that is late must still be in time. */
const everyMs = 15_000;
/** Together with the period it is less than half a minute, and still several slow round trips. */
const lifeWithinMs = 10_000;

export class Heartbeat {
  protected readonly options: HeartbeatOptions;
  #timer: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions) {
    this.options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#deadline);
    this.#timer = undefined;
  }

  #beat(): void {
    const before = this.options.bytesRead();
    this.options.ping();
    clearTimeout(this.#deadline);
    // Whatever has arrived meanwhile is read before an immediate: a program that was held up is not deaf.
    this.#deadline = setTimeout(() => setImmediate(() => this.#listen(before)), lifeWithinMs);
  }

  #listen(before: number): void {
    if (this.#timer !== undefined && this.options.bytesRead() === before) this.options.dead();
  }
}
