/** The first bytes of the clock's shared memory, read and written through its file: see `native/shared.h`. */

import { closeSync, openSync, readSync, writeSync } from "node:fs";

const offsets = { now: 8, monotonicStart: 16, dateStart: 24, holdAt: 32, groups: 40 } as const;
/** The clock stops nowhere. */
const never = 2n ** 63n - 1n;
const groupBytes = 16;

export class ClockMemory {
  readonly #file: number;
  #closed = false;
  readonly #monotonicStartNs: bigint;
  readonly #dateStartNs: bigint;
  /** Who waits now. */
  #holds = 0;

  /** @param path As the coordinator says it; another process's memory is opened through /proc. */
  constructor(path: string) {
    this.#file = openSync(path, "r+");
    this.#monotonicStartNs = this.#read(offsets.monotonicStart);
    this.#dateStartNs = this.#read(offsets.dateStart);
  }

  /** Incident ms since the start. */
  elapsedMs(): number {
    return Number(this.#read(offsets.now) - this.#monotonicStartNs) / 1e6;
  }

  /** Incident date at the start, epoch ms. */
  get startMs(): number {
    return Number(this.#dateStartNs / 1_000n) / 1_000;
  }

  /** Moves the date that the processes of a group see to so far ahead of the incident's (negative: behind). */
  setOffsetMs(group: number, offsetMs: number): void {
    this.#write(offsets.groups + group * groupBytes, BigInt(Math.round(offsetMs * 1e6)));
  }

  /**
   * For who is on the clock himself and waits for something that is not: time stands while he does.
   * @returns What he waited for.
   */
  async whileHeld<T>(wait: () => Promise<T>): Promise<T> {
    this.#holds += 1;
    if (this.#holds === 1) this.#write(offsets.holdAt, this.#read(offsets.now));
    try {
      return await wait();
    } finally {
      this.#holds -= 1;
      if (this.#holds === 0) this.#write(offsets.holdAt, never);
    }
  }

  close(): void {
    if (!this.#closed) closeSync(this.#file);
    this.#closed = true;
  }

  #write(offset: number, value: bigint): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    writeSync(this.#file, bytes, 0, 8, offset);
  }

  #read(offset: number): bigint {
    const bytes = Buffer.alloc(8);
    readSync(this.#file, bytes, 0, 8, offset);
    return bytes.readBigInt64LE();
  }
}
