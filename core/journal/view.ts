/**
 * Questions to a journal, live or stored. A check gets a view and nothing else, which is what makes it a pure function
 * of the journal.
 */

import type { EventType, JournalEvent } from "./event.ts";

export class JournalView {
  readonly events: readonly JournalEvent[];

  constructor(events: readonly JournalEvent[]) {
    this.events = events;
  }

  /** All events of the given types, in order. */
  all<T extends EventType>(...types: T[]): JournalEvent<T>[] {
    const wanted = new Set<string>(types);
    return this.events.filter((event) => wanted.has(event.type)) as unknown as JournalEvent<T>[];
  }

  /** The first event of a type that fits, from `sinceMs` on. */
  first<T extends EventType>(
    type: T,
    fits: (event: JournalEvent<T>) => boolean = () => true,
    sinceMs = -Infinity,
  ): JournalEvent<T> | undefined {
    return this.all(type).find((event) => event.at >= sinceMs && fits(event));
  }

  /** The last event of a type that fits, before `untilMs`. */
  last<T extends EventType>(
    type: T,
    fits: (event: JournalEvent<T>) => boolean = () => true,
    untilMs = Infinity,
  ): JournalEvent<T> | undefined {
    return this.all(type).findLast((event) => event.at <= untilMs && fits(event));
  }

  /** Incident ms of the last event; 0 for an empty journal. */
  get endMs(): number {
    return this.events.at(-1)?.at ?? 0;
  }
}
