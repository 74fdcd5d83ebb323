/** The signals the client knows, newest last, bounded. The feed refills it after every connection. */

import type { Signal } from "./signal.ts";

const capacity = 2_000;

export class SignalBuffer {
  readonly #signals = new Map<string, Signal>();
  readonly #waiting = new Set<() => void>();

  add(signals: readonly Signal[]): void {
    this.#waiting.forEach((wake) => wake());
    for (const signal of signals) this.#signals.set(signal.id, signal);
    for (const id of this.#signals.keys()) {
      if (this.#signals.size <= capacity) break;
      this.#signals.delete(id);
    }
  }

  /** Resolves when the feed has brought something, or after that time. Rejects when it is aborted. */
  async news(withinMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(withinMs, 0));
      signal.addEventListener("abort", wake, { once: true });
      this.#waiting.add(wake);
    });
    signal.throwIfAborted();
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
