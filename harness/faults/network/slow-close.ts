/**
 * The end of a connection comes late: the server has closed, and the client still believes in the link. Data passes
 * untouched. On a Toxiproxy it lands with a connection that the mock closed; whether the client has closed one is seen
 * by the embedded engine only.
 */

import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind } from "../../incident/fault.ts";
import { eventFeed } from "../lib/needs.ts";
import { armToxics, onlyOn, targetNeeds, type Target } from "../lib/toxic-fault.ts";

export interface SlowCloseOptions extends Target {
  /** Incident ms. */
  delayMs: number;
  /** Whose close is late: default downstream, the endpoint's. */
  direction?: Direction;
}

export default faultKind<SlowCloseOptions>({
  kind: "network.slow-close",
  summary: "the close of a connection arrives late",
  needsFor: (options) => [...(options.direction === "upstream" ? [eventFeed] : []), ...targetNeeds(options)],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint, connection, direction = "downstream" }) =>
    `the end of a connection by ${direction === "upstream" ? "the client" : endpoint}${onlyOn(endpoint, connection)}`,
  arm: (context, options, ttlMs) =>
    armToxics(context, ttlMs, options, {
      type: "slow_close",
      attributes: { delay: options.delayMs },
      words: `a close that is ${options.delayMs} ms late`,
      directions: [options.direction ?? "downstream"],
      seenByMock: (event, armedAtMs) =>
        event.type === "connection.closed" &&
        event.endpoint === options.endpoint &&
        event.by === "server" &&
        event.at >= armedAtMs
          ? `${event.connection} was closed by the server while closes were ${options.delayMs} ms late`
          : undefined,
    }),
});
