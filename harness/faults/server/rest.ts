/**
 * A REST fault of the exchange as a rule: match -> action -> how often. What there is to do is in
 * `mock-exchange/rest/faults/actions/`. It lands with the first request (or connection) that the rule meets.
 */

import type { RestRule } from "../../../mock-exchange/rest/faults/rule.ts";
import { faultKind } from "../../incident/fault.ts";
import { actionText } from "../lib/action-text.ts";

export type RestFaultOptions = Omit<RestRule, "ttlMs">;

export default faultKind<RestFaultOptions>({
  kind: "server.rest",
  summary: "the exchange's REST does something wrong: slow, silent, reset, refused, empty, no JSON",
  actions: new URL("../../../mock-exchange/rest/faults/actions/", import.meta.url),
  does: ({ action }) => actionText(action),
  endpoint: "exchange-rest",
  awaits: ({ match = {}, skip = 0 }) => `${skip === 0 ? "" : `after ${skip} others, `}${whatMeets(match)}`,
  arm({ testbed }, options, ttlMs) {
    const armed = testbed.exchange.faults.rest.arm({ ...options, ttlMs });
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

function whatMeets(match: NonNullable<RestRule["match"]>): string {
  if (match.on === "connect") return "a new connection to exchange-rest";
  if (match.on === "idle") return `a connection to exchange-rest that was idle for ${match.idleMs} ms`;
  const { method = "", path = "exchange-rest", symbol, category } = match;
  const of = [category, symbol].filter((part) => part !== undefined).join(" ");
  return `a ${method === "" ? "" : `${method} `}request to ${path}${of === "" ? "" : ` for ${of}`}`;
}
