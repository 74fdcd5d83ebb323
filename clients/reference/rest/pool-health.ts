/** Says when the pool is nearly used up: above 80 % something is too slow, and the next burst has to queue. */

import { telemetry } from "../../telemetry.ts";
import type { Warnings } from "../warnings.ts";

const highShare = 0.8;
const sayEveryMs = 5_000;

export class PoolHealth {
  readonly #limit: number;
  readonly #warnings: Warnings;
  #saidAt = -Infinity;

  constructor(limit: number, warnings: Warnings) {
    this.#limit = limit;
    this.#warnings = warnings;
  }

  /** @param inUse Requests that have a connection or wait for one. */
  look(inUse: number): void {
    const share = Math.min(inUse / this.#limit, 1);
    if (share <= highShare || performance.now() - this.#saidAt < sayEveryMs) return;
    this.#saidAt = performance.now();
    telemetry("pool", { inUse, limit: this.#limit, share });
    this.#warnings.warn(
      "connection pool",
      `the connection pool is above ${highShare * 100} %: ${inUse} of ${this.#limit}`,
    );
  }
}
