/**
 * A connection on which nothing moves: what was to be done waits in order, and what the client sends is put aside. It
 * is read all the same, because only a reader notices that the client closes; beyond a bound it is left in the kernel,
 * where a close behind it is not seen until the stall is over.
 */

import type { Socket } from "node:net";

type DataListener = (chunk: Buffer) => void;

const mostInputBytes = 2 ** 20;

export class StalledFlow {
  readonly #raw: Socket;
  readonly #readers: DataListener[];
  readonly #todo: (() => void)[] = [];
  readonly #input: Buffer[] = [];
  readonly #holds = new Set<symbol>();
  #inputBytes = 0;

  constructor(raw: Socket) {
    this.#raw = raw;
    this.#readers = raw.listeners("data") as DataListener[];
    for (const reader of this.#readers) raw.off("data", reader);
    raw.on("data", this.#keep);
  }

  /** One more reason to stand still. */
  hold(): symbol {
    const hold = Symbol();
    this.#holds.add(hold);
    return hold;
  }

  /** Whether that was the last one. */
  letGo(hold: symbol): boolean {
    return this.#holds.delete(hold) && this.#holds.size === 0;
  }

  later(act: () => void): void {
    this.#todo.push(act);
  }

  release(): void {
    for (const act of this.#todo) act();
    const raw = this.#raw;
    raw.off("data", this.#keep);
    for (const reader of this.#readers) raw.on("data", reader);
    if (!raw.destroyed && !raw.readableEnded && this.#input.length > 0) raw.unshift(Buffer.concat(this.#input));
    raw.resume();
  }

  readonly #keep = (chunk: Buffer): void => {
    this.#input.push(chunk);
    this.#inputBytes += chunk.length;
    if (this.#inputBytes > mostInputBytes) this.#raw.pause();
  };
}
