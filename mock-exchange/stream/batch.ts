/**
 * Gathers what is sent in one go of the event loop, so that it leaves in one write per socket. Sockets that get the
 * same frames in the same order share the joined bytes: pending frames form a tree, a socket is a place in it, and a
 * place is joined at most once per encoding.
 */

import type { Clock } from "../../core/clock.ts";
import type { Frame } from "./frame.ts";

/** Frames in order, from the root of the tree to here. */
export class Pending {
  readonly #before: Pending | undefined;
  readonly frame: Frame | undefined;
  /** Made when the ways part for the first time: mostly they never do. */
  #others: Map<Frame, Pending> | undefined;
  #plain: Buffer | undefined;
  #deflated: Buffer | undefined;
  /** Nearly always the next socket takes the same way, which spares the map. */
  #newest: Pending | undefined;

  constructor(before?: Pending, frame?: Frame) {
    this.#before = before;
    this.frame = frame;
  }

  then(frame: Frame): Pending {
    if (this.#newest?.frame === frame) return this.#newest;
    const before = this.#newest;
    const known = this.#others?.get(frame);
    if (before?.frame !== undefined) (this.#others ??= new Map<Frame, Pending>()).set(before.frame, before);
    this.#newest = known ?? new Pending(this, frame);
    return this.#newest;
  }

  bytes(deflate: boolean): Buffer {
    const known = deflate ? this.#deflated : this.#plain;
    if (known !== undefined) return known;
    const joined = this.#join(deflate);
    if (deflate) this.#deflated = joined;
    else this.#plain = joined;
    return joined;
  }

  #join(deflate: boolean): Buffer {
    const parts = Pending.#parts(this, deflate);
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  static #parts(last: Pending, deflate: boolean): Buffer[] {
    const parts: Buffer[] = [];
    // A loop: a testbed whose computing takes no time may have gathered more than the stack is deep.
    for (let at = last; at.#before !== undefined && at.frame !== undefined; at = at.#before)
      parts.push(at.frame.bytes(deflate));
    return parts.reverse();
  }
}

/** Whoever has frames pending. */
export interface Flushable {
  /** @param nowMs Read once for all. */
  flush(nowMs: number): void;
}

export class Batch {
  #root = new Pending();
  #waiting: Flushable[] = [];
  readonly #clock: Pick<Clock, "now">;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Where a socket without pending frames starts; it is flushed when the current turn of the event loop is done. */
  enter(socket: Flushable): Pending {
    if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
    this.#waiting.push(socket);
    return this.#root;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#root = new Pending();
    const nowMs = this.#clock.now();
    for (const socket of waiting) socket.flush(nowMs);
  }
}
