/** What shows that connections which were live when a fault was armed have ended since, as a mock sees it. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Endpoint } from "../../testbed/testbed.ts";

/** Plain HTTP has no close code, and a WebSocket without a close frame has this one. */
const unannounced = [0, 1006];

type Closed = JournalEvent<"connection.closed">;

/**
 * On a Toxiproxy nobody reports who ended a connection. Where the proxy ends all of them as it is armed, every end of one
 * that was open before is its doing, unless the mock ended it itself. What is asked about is what the journal has had since
 * then, in its order: times are rounded there, and on the clock that leaps the end bears the time of the arming itself.
 */
export function endedByArming(endpoint: Endpoint): (event: JournalEvent) => Closed | undefined {
  const later = new Set<string>();
  return (event) => {
    if (event.type === "connection.opened") later.add(event.connection);
    const ended =
      event.type === "connection.closed" &&
      event.endpoint === endpoint &&
      event.by !== "server" &&
      unannounced.includes(event.code) &&
      !later.has(event.connection);
    return ended ? event : undefined;
  };
}
