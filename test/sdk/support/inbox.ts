/** What an SDK's callbacks brought, to be waited for one by one. */

export class Inbox<T> {
  readonly #unread: T[] = [];
  #waiting: { fits: (item: T) => boolean; resolve: (item: T) => void }[] = [];

  put(item: T): void {
    const reader = this.#waiting.find(({ fits }) => fits(item));
    if (reader === undefined) this.#unread.push(item);
    else {
      this.#waiting = this.#waiting.filter((other) => other !== reader);
      reader.resolve(item);
    }
  }

  /** The first that fits, there already or to come, and not handed out before. */
  next(fits: (item: T) => boolean = () => true): Promise<T> {
    const at = this.#unread.findIndex(fits);
    const [there] = at === -1 ? [] : this.#unread.splice(at, 1);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => this.#waiting.push({ fits, resolve }));
  }
}
