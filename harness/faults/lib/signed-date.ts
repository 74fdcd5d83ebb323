/** A clock fault's proof: a signed request of the client whose timestamp shows it. */

import type { ArmedFault } from "../../incident/fault.ts";

/** A request takes a while from its signature to the exchange, longer the faster the incident runs: half of it shows. */
const shownShare = 0.5;

/** @param offsetMs How far the client's date is ahead of (or behind) the exchange's. */
export function datedBy(offsetMs: number): ArmedFault["landing"] {
  return (event) => {
    if (event.type !== "exchange.request" || event.signedAheadMs === null) return undefined;
    const aheadMs = Math.round(event.signedAheadMs);
    const sameWay = Math.sign(aheadMs) === Math.sign(offsetMs);
    if (!sameWay || Math.abs(aheadMs) < Math.abs(offsetMs) * shownShare) return undefined;
    return `${event.method} ${event.path} was signed ${Math.abs(aheadMs)} ms ${aheadMs > 0 ? "ahead" : "behind"}`;
  };
}
