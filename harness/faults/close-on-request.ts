/** The signal server closes the connection instead of answering a request: report B, H1. */

import type { Fault } from "../fault.ts";

/** @param options.code The WebSocket close code; 1000 says "all is well". */
export function closeOnRequest(options: { code: number; reason?: string }): Fault {
  return {
    name: "signal.close-on-request",
    endpoint: "signal",
    awaits: "a get_signals, get_stats or ping request from the client",
    arm({ signal }, ttlMs) {
      const { code, reason } = options;
      const action = { do: "close", code, ...(reason === undefined ? {} : { reason }) } as const;
      const armed = signal.rules.arm({ match: { on: "request" }, action, ttlMs });
      return {
        landing: (event) =>
          event.type === "rule.hit" && event.rule === armed.id
            ? `${event.connection} asked ${event.subject} and was closed with ${code}`
            : undefined,
        heal: () => armed.disarm(),
      };
    },
  };
}
