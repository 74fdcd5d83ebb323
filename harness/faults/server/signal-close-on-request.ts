/** The signal server closes the connection instead of answering a request: report B, H1. */

import { FiredrillError } from "../../../core/errors.ts";
import type { RequestType } from "../../../mock-signal-server/protocol.ts";
import { faultKind } from "../../incident/fault.ts";
import { isSendable, sendableCodes } from "../lib/close-codes.ts";

export interface SignalCloseOnRequestOptions {
  /** The WebSocket close code; 1000 says "all is well". */
  code: number;
  reason?: string;
  /** Only this kind of request; any where none is given. */
  request?: RequestType;
}

export default faultKind<SignalCloseOnRequestOptions>({
  kind: "server.signal-close-on-request",
  summary: "the signal server closes the connection, with any code, instead of answering a request",
  endpoint: "signal",
  awaits: ({ request }) => `a ${request ?? "get_signals, get_stats or ping"} request from the client`,
  /** @throws FiredrillError for a code that no server could send. */
  arm({ testbed }, { code, reason, request }, ttlMs) {
    if (!isSendable(code)) {
      throw new FiredrillError(`A WebSocket cannot be closed with ${code}: ${sendableCodes}.`);
    }
    const action = { do: "close", code, ...(reason === undefined ? {} : { reason }) } as const;
    const armed = testbed.signal.rules.arm({ match: { on: request ?? "request" }, action, ttlMs });
    return {
      rules: [armed.id],
      landing: (event) =>
        event.type === "rule.hit" && event.rule === armed.id
          ? `${event.connection} asked ${event.subject} and was closed with ${code}`
          : undefined,
      heal: () => armed.disarm(),
    };
  },
});
