/** The busiest stretch of a time: what a limit per minute is held against. */

/** The largest group of events, in order of time, that lie within a time of its first. */
export function busiest<T>(events: readonly T[], atOf: (event: T) => number, windowMs: number): T[] {
  return groupsOf(events, atOf, windowMs).reduce<T[]>((best, group) => (group.length > best.length ? group : best), []);
}

/** From each event on those within a time of it. */
export function groupsOf<T>(events: readonly T[], atOf: (event: T) => number, windowMs: number): T[][] {
  let to = 0;
  return events.map((first, from) => {
    const endMs = atOf(first) + windowMs;
    for (let next = events[to]; next !== undefined && atOf(next) < endMs; next = events[to]) to += 1;
    return events.slice(from, to);
  });
}
