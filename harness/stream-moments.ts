/** Moments of streams that scenarios wait for. */

import type { Moment } from "./incident/scenario.ts";

/** It has reported a book of its own; whoever reports none never comes to that. */
export const bookReported = (topic: string): Moment => ({
  what: `it had reported its book of ${topic}`,
  watch: () => (event) => event.type === "client.telemetry" && event.event === "book" && event.data.topic === topic,
});

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
