/**
 * Questions to a journal, live or stored. A check gets a view and nothing else, which is what makes it a pure function
 * of the journal.
 */

import type { EventType, JournalEvent } from "./event.ts";

export class JournalView {
  readonly events: readonly JournalEvent[];
  /** By type, as far as `#sorted` of them: a live journal grows. Checks ask for a few of many events, again and again. */
  readonly #byType = new Map<string, JournalEvent[]>();
  #sorted = 0;

  constructor(events: readonly JournalEvent[]) {
    this.events = events;
  }

  /** All events of the given types, in order. */
  all<T extends EventType>(...types: T[]): JournalEvent<T>[] {
    const [only, ...more] = new Set(types);
    // Those of one type are in order already.
    if (only !== undefined && more.length === 0) return [...this.#of(only)];
    return [...new Set(types)].flatMap((type) => this.#of(type)).toSorted((a, b) => a.seq - b.seq);
  }

  /** The first event of a type that fits, from `sinceMs` on. */
  first<T extends EventType>(
    type: T,
    fits: (event: JournalEvent<T>) => boolean = () => true,
    sinceMs = -Infinity,
  ): JournalEvent<T> | undefined {
    return this.#of(type).find((event) => event.at >= sinceMs && fits(event));
  }

  /** The last event of a type that fits, before `untilMs`. */
  last<T extends EventType>(
    type: T,
    fits: (event: JournalEvent<T>) => boolean = () => true,
    untilMs = Infinity,
  ): JournalEvent<T> | undefined {
    return this.#of(type).findLast((event) => event.at <= untilMs && fits(event));
  }

  /** The line of that number: a view may hold a part of a journal. */
  line(seq: number): JournalEvent | undefined {
    const event = this.events[seq];
    return event?.seq === seq ? event : this.events.find((one) => one.seq === seq);
  }

  /** Incident ms of the last event; 0 for an empty journal. */
  get endMs(): number {
    return this.events.at(-1)?.at ?? 0;
  }

  #of<T extends EventType>(type: T): readonly JournalEvent<T>[] {
    for (const event of this.events.slice(this.#sorted)) {
      const alike = this.#byType.get(event.type);
      if (alike === undefined) this.#byType.set(event.type, [event]);
      else alike.push(event);
    }
    this.#sorted = this.events.length;
    return (this.#byType.get(type) ?? []) as unknown as readonly JournalEvent<T>[];
  }
}
