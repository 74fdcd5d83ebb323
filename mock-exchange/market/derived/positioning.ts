/** Open interest and the ratio of long to short accounts: smooth curves, known every five minutes. */

import { minutes } from "../../../core/units.ts";
import { rugged } from "../noise.ts";

const everyMs = minutes(5);
const octaves = 9;

export class Positioning {
  readonly #key: number;
  readonly #typicalSteps: number;

  /** @param typicalSteps The long-run open interest of one side, in steps. */
  constructor(key: number, typicalSteps: number) {
    this.#key = key;
    this.#typicalSteps = typicalSteps;
  }

  /** One side, whole steps: what the newest five minutes say. */
  singleOpenInterest(ms: number): number {
    const at = Math.floor(ms / everyMs);
    return Math.max(0, Math.round(this.#typicalSteps * (1 + rugged(this.#key, at, octaves, 1.4) * 0.006)));
  }

  /** The share of accounts that are long, four decimals in whole units. */
  longShare(ms: number): number {
    const at = Math.floor(ms / everyMs);
    return Math.round(5_000 + rugged(this.#key ^ 0x5f5f, at, octaves, 1.3) * 40);
  }
}
