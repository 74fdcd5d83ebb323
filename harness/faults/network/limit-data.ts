/**
 * The link ends (FIN) after so many bytes: a reply that is cut short, a proxy that gives up on a large body. Counted for
 * each connection from the arming on. Nobody behind a Toxiproxy could distinguish that end from the client's own, so it needs
 * the embedded engine.
 */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { eventFeed } from "../lib/needs.ts";
import { armToxics, directionsOf, onlyOn, type Directed, type Target } from "../lib/toxic-fault.ts";

export interface LimitDataOptions extends Target, Directed {
  bytes: number;
  /** Default downstream. */
  direction?: Direction | "both";
}

export default faultKind<LimitDataOptions>({
  kind: "network.limit-data",
  summary: "a connection ends (TCP FIN) after so many bytes",
  needs: [eventFeed],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint, bytes, connection, direction = "downstream" }) =>
    `byte ${bytes} ${direction === "upstream" ? "to" : direction === "both" ? "to or from" : "from"} ${endpoint}${onlyOn(endpoint, connection)}`,
  arm: (context, options, ttlMs) =>
    armToxics(context, ttlMs, options, {
      type: "limit_data",
      attributes: { bytes: options.bytes },
      words: `a limit of ${options.bytes} bytes`,
      directions: directionsOf(options.direction ?? "downstream"),
    }),
});
