/** The signal server closes the connection instead of answering a request: report B, H1. */

import { FiredrillError } from "../../core/errors.ts";
import type { RequestType } from "../../mock-signal-server/protocol.ts";
import type { Fault } from "../fault.ts";

export interface CloseOnRequestOptions {
  /** The WebSocket close code; 1000 says "all is well". */
  code: number;
  reason?: string;
  /** Only this kind of request; any where none is given. */
  request?: RequestType;
}

/** Codes that a server may put into a close frame (RFC 6455, 7.4), and 1006 for none at all. */
const isSendable = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && code !== 1004) || (code >= 3000 && code <= 4999);

/** @throws FiredrillError for a code that no server could send. */
export function closeOnRequest({ code, reason, request }: CloseOnRequestOptions): Fault {
  if (!isSendable(code)) {
    throw new FiredrillError(
      `A WebSocket cannot be closed with ${code}: allowed are 1000 to 1014 but 1004, and 3000 to 4999.`,
    );
  }
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
