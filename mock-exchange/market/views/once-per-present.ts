/**
 * What a view shows of a listing is made once for each present, however many ask for it: it stays right until the
 * market's next step or the engine's next deed.
 */

import type { Listing } from "../listing.ts";

export function oncePerPresent<T>(view: (listing: Listing) => T): (listing: Listing) => T {
  const known = new WeakMap<Listing, { untilMs: number; version: number; traded: number; made: T }>();
  return (listing) => {
    const { untilMs, orders, tape } = listing;
    const newest = known.get(listing);
    if (newest?.untilMs === untilMs && newest.version === orders.version && newest.traded === tape.extras.count)
      return newest.made;
    const made = view(listing);
    known.set(listing, { untilMs, version: orders.version, traded: tape.extras.count, made });
    return made;
  };
}
