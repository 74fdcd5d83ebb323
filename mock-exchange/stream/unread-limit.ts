/**
 * How much a client may leave unread before the exchange cuts it for reading too slowly. What a fault has put on top, or
 * held back, is no slowness of the client's: until all is read once, that much more is allowed.
 */

export class UnreadLimit {
  readonly #mostBytes: number;
  #besidesBytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** A fault sends so much besides. Infinity: nobody knows how much was held back. */
  besides(bytes: number): void {
    this.#besidesBytes += bytes;
  }

  /** @param unreadBytes As it is after a write. */
  exceededBy(unreadBytes: number): boolean {
    if (unreadBytes === 0) this.#besidesBytes = 0;
    return unreadBytes > this.#mostBytes + this.#besidesBytes;
  }
}
