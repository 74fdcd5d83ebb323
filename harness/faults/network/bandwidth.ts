/** A thin line: so many kilobytes pass a second of the incident and the rest waits. Both kinds of engine do it. */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { armToxics, directionsOf, targetNeeds, trafficOf, type Directed, type Target } from "../lib/toxic-fault.ts";

export interface BandwidthOptions extends Target, Directed {
  /** Thousands of bytes per incident second, at least 1. */
  rateKBps: number;
  /** Default downstream. */
  direction?: Direction | "both";
}

export default faultKind<BandwidthOptions>({
  kind: "network.bandwidth",
  summary: "only so many kilobytes a second pass",
  needsFor: targetNeeds,
  endpoint: ({ endpoint }) => endpoint,
  awaits: (options) => trafficOf(options, options.direction ?? "downstream"),
  arm: (context, options, ttlMs) =>
    armToxics(context, ttlMs, options, {
      type: "bandwidth",
      attributes: { rate: options.rateKBps },
      words: `a bandwidth of ${options.rateKBps} kB/s`,
      directions: directionsOf(options.direction ?? "downstream"),
    }),
});
