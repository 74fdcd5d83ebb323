/**
 * Ids as Bybit makes them, from a seed: a UUID for derivatives, a growing 19-digit number for spot. The same seed and
 * the same orders give the same ids, so two runs can be compared byte by byte.
 */

import type { Random } from "../../core/random.ts";

export class Ids {
  readonly #random: Random;
  #number: bigint;
  #serial = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#number = 1_321_003_749_386_327_552n + BigInt(random.integer(0, 1_000_000_000));
  }

  uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      this.#random
        .integer(0, 2 ** 32 - 1)
        .toString(16)
        .padStart(8, "0"),
    ).join("");
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** Leaves the next number free: spot gives it to the order as its own orderLinkId. */
  number(): string {
    this.#number += BigInt(this.#random.integer(2, 1_000));
    return String(this.#number);
  }

  /** 1, 2, 3 …: the order in which things happened. */
  serial(): number {
    this.#serial += 1;
    return this.#serial;
  }
}
