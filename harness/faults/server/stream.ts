/**
 * A fault of one of the exchange's streams as a rule: match -> action -> how often. What there is to do is in
 * `mock-exchange/stream/faults/actions/`. It lands with the first connection, request or frame that the rule meets.
 */

import type { StreamRule } from "../../../mock-exchange/stream/faults/rule.ts";
import { faultKind } from "../../incident/fault.ts";
import { actionText } from "../lib/action-text.ts";

export interface StreamFaultOptions extends Omit<StreamRule, "ttlMs"> {
  stream: "public" | "private" | "trade";
}

export default faultKind<StreamFaultOptions>({
  kind: "server.stream",
  summary: "a stream of the exchange does something wrong: closed, silent, refused, late, out of order, no JSON",
  actions: new URL("../../../mock-exchange/stream/faults/actions/", import.meta.url),
  does: ({ action }) => actionText(action),
  endpoint: ({ stream }) => `exchange-${stream}`,
  awaits: ({ stream, match, action }) =>
    `a connection or frame on exchange-${stream} for "${action.do}" to meet (${JSON.stringify(match ?? {})})`,
  harmless: ({ action }) => action.do === "probe",
  arm({ testbed }, { stream, ...rule }, ttlMs) {
    const armed = testbed.exchange.faults[stream].arm({ ...rule, ttlMs });
    return {
      rules: [armed.id],
      landing: (event) =>
        event.type === "rule.hit" && event.rule === armed.id
          ? `${event.connection}: ${event.subject} met ${rule.action.do}`
          : undefined,
      heal: () => armed.disarm(),
    };
  },
});
