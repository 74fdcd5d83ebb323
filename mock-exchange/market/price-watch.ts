/**
 * Notifies whoever acts on prices of those that may have changed at a step. Within a minute last, mark and index price stand
 * still between two trades, so it is known of each instrument until when there is nothing to report. What the engine itself
 * trades is notified at once.
 */

import type { Listing } from "./listing.ts";
import type { Watched } from "./market.ts";
import type { Step } from "./pulse.ts";

interface Watcher {
  notify: (moved: readonly Watched[]) => void;
  watched: (() => readonly Watched[]) | undefined;
}

export class PriceWatch {
  readonly #named: readonly (readonly [name: string, listing: Listing])[];
  readonly #watchers = new Set<Watcher>();
  readonly #stillUntilMs = new Map<Listing, number>();

  constructor(listings: readonly Listing[]) {
    this.#named = listings.map((listing) => [nameOf(listing.spec.instrument), listing]);
  }

  /**
   * Returns the way to stop.
   *
   * @param watched What it is notified of as the market moves; without it, of everything.
   */
  add(notify: Watcher["notify"], watched?: Watcher["watched"]): () => void {
    const watcher = { notify, watched };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  get watchesAny(): boolean {
    for (const { watched } of this.#watchers) if (watched === undefined || watched().length > 0) return true;
    return false;
  }

  /** The engine has traded. */
  changed({ spec }: Listing): void {
    for (const { notify } of [...this.#watchers]) notify([spec.instrument]);
  }

  step({ untilMs }: Step): void {
    const watching = [...this.#watchers].map(({ notify, watched }) => ({
      notify,
      wanted: watched === undefined ? undefined : new Set(watched().map(nameOf)),
      moved: new Array<Watched>(),
    }));
    for (const [name, listing] of this.#named) {
      const concerned = watching.filter(({ wanted }) => wanted?.has(name) ?? true);
      if (concerned.length === 0 || !this.#moves(listing, untilMs)) continue;
      for (const { moved } of concerned) moved.push(listing.spec.instrument);
    }
    for (const { notify, moved } of watching) if (moved.length > 0) notify(moved);
  }

  #moves(listing: Listing, untilMs: number): boolean {
    if (untilMs < (this.#stillUntilMs.get(listing) ?? 0)) return false;
    this.#stillUntilMs.set(listing, listing.tape.stillUntil(untilMs));
    return true;
  }
}

const nameOf = ({ category, symbol }: Watched): string => `${category}/${symbol}`;
