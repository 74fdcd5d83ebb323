/**
 * Lets runs start one after another. A client's start is the most expensive second of its life, and incident time
 * passes meanwhile: several at once would each take minutes of incident to come up.
 */

export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves when it is this caller's turn; the result lets the next one through. */
  async enter(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#last = promise;
    await before;
    return () => resolve(undefined);
  }
}
