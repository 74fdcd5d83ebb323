/**
 * What a runner has been asked for. The flags belong to the runner that there is: a new one has been asked for nothing
 * yet, so they are reset with it.
 */

import type { Runner } from "./runner.ts";

/** Each kind of data and its topic of a symbol. */
const kinds = {
  trades: (symbol: string) => `publicTrade.${symbol}`,
  depth: (symbol: string) => `orderbook.1.${symbol}`,
} as const;

export class RunnerRequests {
  readonly #symbols: readonly string[];
  readonly #asked = new Set<string>();

  constructor(symbols: readonly string[]) {
    this.#symbols = symbols;
  }

  /** Another runner: nothing has been asked of it. */
  reset(): void {
    this.#asked.clear();
  }

  /** Asks for what it was not asked for yet. */
  ask(runner: Runner): void {
    for (const [kind, topicOf] of Object.entries(kinds)) {
      if (this.#asked.has(kind)) continue;
      runner.subscribe(this.#symbols.map(topicOf));
      this.#asked.add(kind);
    }
  }
}
