/** The signal server closes the connection instead of answering a request: report B, H1. */

import { FiredrillError } from "../../../core/errors.ts";
import type { RequestType } from "../../../mock-signal-server/protocol.ts";
import { faultKind } from "../../fault.ts";

export interface SignalCloseOnRequestOptions {
  /** The WebSocket close code; 1000 says "all is well". */
  code: number;
  reason?: string;
  /** Only this kind of request; any where none is given. */
  request?: RequestType;
}

/** Codes that a server may put into a close frame (RFC 6455, 7.4): 1004 to 1006 are reserved for what never is in one. */
const isSendable = (code: number): boolean =>
  (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);

export default faultKind<SignalCloseOnRequestOptions>({
  kind: "server.signal-close-on-request",
  summary: "the signal server closes the connection, with any code, instead of answering a request",
  endpoint: "signal",
  awaits: ({ request }) => `a ${request ?? "get_signals, get_stats or ping"} request from the client`,
  /** @throws FiredrillError for a code that no server could send. */
  arm({ testbed }, { code, reason, request }, ttlMs) {
    if (!isSendable(code)) {
      throw new FiredrillError(
        `A WebSocket cannot be closed with ${code}: allowed are 1000 to 1003, 1007 to 1014 and 3000 to 4999.`,
      );
    }
    const action = { do: "close", code, ...(reason === undefined ? {} : { reason }) } as const;
    const armed = testbed.signal.rules.arm({ match: { on: request ?? "request" }, action, ttlMs });
    return {
      landing: (event) =>
        event.type === "rule.hit" && event.rule === armed.id
          ? `${event.connection} asked ${event.subject} and was closed with ${code}`
          : undefined,
      heal: () => armed.disarm(),
    };
  },
});
