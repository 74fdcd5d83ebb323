/**
 * Data comes in small pieces, as over a bad radio link: a frame or a reply is never whole in one read. On the embedded
 * engine it lands with the first chunk that was cut. Both kinds of engine do it.
 */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { armToxics, directionsOf, targetNeeds, trafficOf, type Directed, type Target } from "../lib/toxic-fault.ts";

export interface SlicerOptions extends Target, Directed {
  /** Of a piece. */
  averageBytes: number;
  /** More or less; default 0. */
  variationBytes?: number;
  /** Incident ms after each piece; default 0. */
  delayMs?: number;
  /** Default downstream. */
  direction?: Direction | "both";
}

export default faultKind<SlicerOptions>({
  kind: "network.slicer",
  summary: "data comes in small pieces, never whole in one read",
  needsFor: targetNeeds,
  endpoint: ({ endpoint }) => endpoint,
  awaits: (options) => trafficOf(options, options.direction ?? "downstream"),
  arm: (context, options, ttlMs) =>
    armToxics(context, ttlMs, options, {
      type: "slicer",
      attributes: {
        average_size: options.averageBytes,
        size_variation: options.variationBytes ?? 0,
        // Toxiproxy's slicer counts in microseconds.
        delay: (options.delayMs ?? 0) * 1_000,
      },
      words: `pieces of ${options.averageBytes} bytes`,
      directions: directionsOf(options.direction ?? "downstream"),
    }),
});
