/**
 * What the journal holds: one line an event, on one clock. Each room declares the events it writes by merging into
 * `EventMap` (see `mock-signal-server/events.ts`), so that a new mock or fault brings its own and nothing here changes.
 */

/** Event type -> its data. Merged into by the rooms that write events. */
export interface EventMap {
  /** A remark for whoever reads the journal; no check looks at it. */
  note: { text: string };
}

export type EventType = keyof EventMap;

/** One event: `at` is incident ms since the scenario's start, `seq` its line in the journal, from 0. */
export type JournalEvent<T extends EventType = EventType> = {
  [K in T]: { readonly seq: number; readonly at: number; readonly type: K } & Readonly<EventMap[K]>;
}[T];

/** Where writers put what they saw. */
export interface JournalSink {
  write<T extends EventType>(type: T, data: EventMap[T]): JournalEvent<T>;
}
