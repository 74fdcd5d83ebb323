/** The signal server closes the connection instead of answering a request: report B, H1. */

import type { RequestType } from "../../mock-signal-server/protocol.ts";
import type { Fault } from "../fault.ts";

export interface CloseOnRequestOptions {
  /** The WebSocket close code; 1000 says "all is well". */
  code: number;
  reason?: string;
  /** Only this kind of request; any where none is given. */
  request?: RequestType;
}

export function closeOnRequest({ code, reason, request }: CloseOnRequestOptions): Fault {
  return {
    name: "signal.close-on-request",
    endpoint: "signal",
    awaits: `a ${request ?? "get_signals, get_stats or ping"} request from the client`,
    arm({ signal }, ttlMs) {
      const action = { do: "close", code, ...(reason === undefined ? {} : { reason }) } as const;
      const armed = signal.rules.arm({ match: { on: request ?? "request" }, action, ttlMs });
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
