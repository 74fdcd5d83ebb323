/**
 * Every byte is late: a slow route, a VPN, an exchange far away. Order is kept, and what comes in a row is late but not
 * slow. Both kinds of engine do it. On a Toxiproxy, upstream, only what arrives at least that long after the arming
 * counts: anything sooner may have passed before.
 */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { passed } from "../lib/passed.ts";
import { armToxics, directionsOf, targetNeeds, trafficOf, type Directed, type Target } from "../lib/toxic-fault.ts";

export interface LatencyOptions extends Target, Directed {
  /** Incident ms each way it acts in. */
  latencyMs: number;
  /** Incident ms more or less. */
  jitterMs?: number;
  /** Default downstream: what the endpoint sends is late. */
  direction?: Direction | "both";
}

export default faultKind<LatencyOptions>({
  kind: "network.latency",
  summary: "every byte from or to an endpoint is late, with or without jitter",
  needsFor: targetNeeds,
  endpoint: ({ endpoint }) => endpoint,
  awaits: (options) => trafficOf(options, options.direction ?? "downstream"),
  arm(context, options, ttlMs) {
    const { endpoint, latencyMs, jitterMs = 0, direction = "downstream" } = options;
    const words = `a latency of ${latencyMs} ms${jitterMs === 0 ? "" : ` ± ${jitterMs} ms`}`;
    return armToxics(context, ttlMs, options, {
      type: "latency",
      attributes: { latency: latencyMs, jitter: jitterMs },
      words,
      directions: directionsOf(direction),
      seenByMock(event, armedAtMs) {
        const [up, down] = [
          direction === "downstream"
            ? undefined
            : passed(endpoint, "upstream", armedAtMs + latencyMs - jitterMs)(event),
          direction === "upstream" ? undefined : passed(endpoint, "downstream", armedAtMs)(event),
        ];
        const what = up ?? down;
        return what === undefined ? undefined : `${what} while there was ${words} on ${endpoint}`;
      },
    });
  },
});
