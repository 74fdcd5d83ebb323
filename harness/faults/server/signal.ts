/**
 * A fault of the signal server as a rule: match -> action -> how often. What it can do is in `mock-signal-server/faults.ts`.
 * It lands with the first thing that the rule meets: a request, an idle connection, a signal that is about to appear.
 */

import type { SignalRule } from "../../../mock-signal-server/faults.ts";
import { faultKind } from "../../incident/fault.ts";

export type SignalFaultOptions = Omit<SignalRule, "ttlMs">;

const awaited: Readonly<Record<SignalRule["match"]["on"], string>> = {
  auth: "an auth of the client",
  request: "a request of the client",
  get_signals: "a get_signals request of the client",
  get_stats: "a get_stats request of the client",
  ping: "a ping of the client",
  idle: "a connection to the signal server that is idle for that long",
  expired: "a session that is older than that",
  "expired-request": "a request on a session that is older than that",
  signal: "a signal that is about to appear",
  batch: "signals that are sent to the client",
};

export default faultKind<SignalFaultOptions>({
  kind: "server.signal",
  summary: "the signal server does something wrong: no answer, an expired session, signals late, twice, out of order",
  does: ({ action }) => action.do,
  endpoint: "signal",
  awaits: ({ match }) => awaited[match.on],
  arm({ testbed }, options, ttlMs) {
    const armed = testbed.signal.rules.arm({ ...options, ttlMs });
    return {
      rules: [armed.id],
      landing: (event) =>
        event.type === "rule.hit" && event.rule === armed.id
          ? `${event.connection}: ${event.subject} met ${options.action.do}`
          : undefined,
      heal: () => armed.disarm(),
    };
  },
});
