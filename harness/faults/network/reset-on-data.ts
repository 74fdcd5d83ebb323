/**
 * The next bytes on a connection are lost and the connection is reset: a request that dies on a stale keep-alive link.
 * An idle connection stays. On a Toxiproxy (`reset_peer`) the scenario has to announce it with `testbed.armReset`, and
 * it lands when the mock sent data and its end of the connection was reset; upstream, where the mock gets nothing, it
 * needs the embedded engine.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Direction } from "../../proxy/toxic-spec.ts";
import { faultKind, type ArmedFault } from "../../incident/fault.ts";
import { eventFeed, resets } from "../lib/needs.ts";
import { passed } from "../lib/passed.ts";
import { armToxics, targetNeeds, trafficOf, type Target } from "../lib/toxic-fault.ts";

export interface ResetOnDataOptions extends Target {
  /** Whose bytes: default upstream, the client's. */
  direction?: Direction;
}

export default faultKind<ResetOnDataOptions>({
  kind: "network.reset-on-data",
  summary: "a connection is reset (TCP RST) when the next bytes come; idle ones stay",
  needsFor: (options) => [
    resets(options.endpoint),
    ...((options.direction ?? "upstream") === "upstream" ? [eventFeed] : []),
    ...targetNeeds(options),
  ],
  endpoint: ({ endpoint }) => endpoint,
  awaits: (options) => trafficOf(options, options.direction ?? "upstream"),
  async arm(context, options, ttlMs): Promise<ArmedFault> {
    const { endpoint, direction = "upstream" } = options;
    const { extended } = context.testbed.engine;
    const armed = await armToxics(context, ttlMs, options, {
      type: extended ? "cut" : "reset_peer",
      attributes: extended ? { reset: 1, on_data: 1 } : { timeout: 0 },
      words: "a reset",
      directions: [direction],
      seenByMock: resetAfterData(endpoint, context.testbed.clock.elapsed()),
    });
    const landing = (event: JournalEvent): string | undefined => {
      const sent = event.type === "proxy.connection-closed" && event.endpoint === endpoint && event.toClient === "rst";
      return sent && event.toxic === `${context.id}-${direction}`
        ? `${event.connection} was sent a reset after ${event.bytesUp} bytes up and ${event.bytesDown} down`
        : undefined;
    };
    return extended ? { ...armed, landing } : armed;
  },
});

/** An armed proxy resets whatever it closes, so a reset counts only after data that the toxic must have seen. */
function resetAfterData(endpoint: Target["endpoint"], sinceMs: number): ArmedFault["landing"] {
  const sent = passed(endpoint, "downstream", sinceMs);
  const hit = new Set<string>();
  return (event) => {
    if (sent(event) !== undefined && "connection" in event) hit.add(event.connection);
    if (event.type !== "connection.closed" || event.endpoint !== endpoint || event.how !== "reset") return undefined;
    if (event.by === "server" || !hit.has(event.connection)) return undefined;
    return `${event.connection} was reset after it had been sent data`;
  };
}
