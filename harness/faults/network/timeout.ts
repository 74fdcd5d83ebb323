/**
 * A black hole with an end: what is sent is lost, and once nothing has come for `timeoutMs` the connection is closed
 * (FIN). The heal closes it too, because what was lost cannot be brought back; for a link that comes back there is
 * `network.stall`. On a Toxiproxy it lands with what the mock sent into it; upstream, where the mock gets nothing, it
 * needs the embedded engine.
 */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { eventFeed } from "../lib/needs.ts";
import { armToxics, directionsOf, targetNeeds, trafficOf, type Directed, type Target } from "../lib/toxic-fault.ts";

export interface TimeoutOptions extends Target, Directed {
  /** Incident ms without data until the close; 0 is never. */
  timeoutMs: number;
  /** Default downstream: the client receives nothing any more. */
  direction?: Direction | "both";
}

export default faultKind<TimeoutOptions>({
  kind: "network.timeout",
  summary: "data is lost, then the connection is closed (TCP FIN)",
  needsFor: (options) => [...(options.direction === "upstream" ? [eventFeed] : []), ...targetNeeds(options)],
  endpoint: ({ endpoint }) => endpoint,
  awaits: (options) => trafficOf(options, options.direction ?? "downstream"),
  silences: true,
  arm: (context, options, ttlMs) =>
    armToxics(context, ttlMs, options, {
      type: "timeout",
      attributes: { timeout: options.timeoutMs },
      words: `a black hole of ${options.timeoutMs} ms`,
      directions: directionsOf(options.direction ?? "downstream"),
    }),
});
