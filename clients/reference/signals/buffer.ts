/** The signals the client knows, newest last, bounded. The feed refills it after every connection. */

import type { Signal } from "./signal.ts";

const capacity = 2_000;

export class SignalBuffer {
  readonly #signals = new Map<string, Signal>();

  add(signals: readonly Signal[]): void {
    for (const signal of signals) this.#signals.set(signal.id, signal);
    for (const id of this.#signals.keys()) {
      if (this.#signals.size <= capacity) break;
      this.#signals.delete(id);
    }
  }

  clear(): void {
    this.#signals.clear();
  }

  /** The signals of one wave. */
  wave(waveMs: number): Signal[] {
    return [...this.#signals.values()].filter(({ timestamp }) => Date.parse(timestamp) === waveMs);
  }

  get size(): number {
    return this.#signals.size;
  }
}
