/** The signal server closes a connection without being asked for anything: report B as it most likely was. */

import { FiredrillError } from "../../../core/errors.ts";
import { faultKind } from "../../incident/fault.ts";
import { isSendable, sendableCodes } from "../lib/close-codes.ts";

export interface SignalCloseOptions {
  /** The WebSocket close code; 1000 says "all is well". */
  code: number;
  reason?: string;
}

export default faultKind<SignalCloseOptions>({
  kind: "server.signal-close",
  summary: "the signal server closes a connection, with any code, while nobody asks for anything",
  endpoint: "signal",
  awaits: "a connection to the signal server, which looks at each every 5 s",
  /** @throws FiredrillError for a code that no server could send. */
  arm({ testbed }, { code, reason }, ttlMs) {
    if (!isSendable(code)) throw new FiredrillError(`A WebSocket cannot be closed with ${code}: ${sendableCodes}.`);
    const action = { do: "close", code, ...(reason === undefined ? {} : { reason }) } as const;
    const armed = testbed.signal.rules.arm({ match: { on: "idle", idleMs: 0 }, action, times: 1, ttlMs });
    return {
      rules: [armed.id],
      landing: (event) =>
        event.type === "rule.hit" && event.rule === armed.id
          ? `${event.connection} was closed with ${code} while it was idle`
          : undefined,
      heal: () => armed.disarm(),
    };
  },
});
