/**
 * A half-open link: the connection stays up and nothing gets through, in one direction or both, the close neither. At
 * the heal what was held arrives, in order, on the same connection; or the link turns out to be gone. Ours only: a
 * Toxiproxy cannot hold bytes and give them back. It lands with the first bytes that are held, so a link on which nobody
 * speaks proves nothing.
 */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { ownToxics } from "../lib/needs.ts";
import { armToxics, directionsOf, trafficOf, type Target } from "../lib/toxic-fault.ts";

export interface StallOptions extends Target {
  /** Whose bytes are held; default both. */
  direction?: Direction | "both";
  /** What becomes of a stalled connection at the heal: what was held arrives (default), or it is reset, or closed. */
  atHeal?: "deliver" | "reset" | "fin";
}

const ends = { deliver: 0, reset: 1, fin: 2 };

export default faultKind<StallOptions>({
  kind: "network.stall",
  summary: "a half-open link: bytes are held, and delivered at the heal or lost with the link",
  needs: [ownToxics],
  endpoint: ({ endpoint }) => endpoint,
  awaits: (options) => trafficOf(options, options.direction ?? "both"),
  silences: true,
  arm: (context, options, ttlMs) =>
    armToxics(context, ttlMs, options, {
      type: "stall",
      attributes: { end: ends[options.atHeal ?? "deliver"] },
      words: "a stall",
      directions: directionsOf(options.direction ?? "both"),
    }),
});
