/** Moments of streams that scenarios wait for. */

import { count } from "../core/units.ts";
import type { JournalEvent } from "../core/journal/event.ts";
import type { Moment } from "./incident/scenario.ts";

/** That many topics are subscribed, on whatever connections. */
export function topicsLive(topics: number, endpoint = "exchange-public"): Moment {
  return {
    what: `it had ${count(topics, "topic")} live on ${endpoint}`,
    watch(past) {
      const held = heldTopics(endpoint);
      past.events.forEach(held);
      return (event) => held(event) >= topics;
    },
  };
}

/** As above, but one of the streams has to be lost before. A client that ended by itself is not waited for. */
export function topicsBack(topics: number, endpoint = "exchange-public"): Moment {
  return {
    what: `it had lost a stream and had ${count(topics, "topic")} live again on ${endpoint}`,
    watch(past) {
      const held = heldTopics(endpoint);
      let lost = past.events.reduce((_, event) => held(event), 0) < topics;
      return (event) => {
        const now = held(event);
        lost ||= now < topics;
        const died = event.type === "client.exited" && !event.expected;
        return (lost && now >= topics) || died;
      };
    },
  };
}

/** Counts topics on open connections, event by event. */
function heldTopics(endpoint: string): (event: JournalEvent) => number {
  const held = new Map<string, Set<string>>();
  return (event) => {
    if (event.type === "connection.closed") held.delete(event.connection);
    else if (event.type === "connection.subscribed" && event.endpoint === endpoint) {
      held.set(event.connection, new Set([...(held.get(event.connection) ?? []), ...event.topics]));
    }
    return [...held.values()].reduce((sum, { size }) => sum + size, 0);
  };
}

/** A dial of the client came to nothing: its upgrade was refused, or the port was closed. */
export function dialRefused(endpoint = "exchange-public"): Moment {
  return {
    what: `a dial of its to ${endpoint} had been refused`,
    watch: () => (event) =>
      (event.type === "connection.upgrade-refused" || event.type === "proxy.dial-refused") &&
      event.endpoint === endpoint,
  };
}

/** A protocol fault of the endpoint has hit as often as it was to. */
export const ruleUsedUp = (endpoint: string): Moment => ({
  what: `a fault of ${endpoint} had hit as often as it was to`,
  watch: () => (event) => event.type === "rule.ended" && event.endpoint === endpoint && event.why === "used-up",
});
