/**
 * A fault of the webhook sink as a rule: match -> action -> how often. What there is to do is in
 * `mock-webhook/faults/actions/`. It lands with the first request (or connection) that the rule meets.
 */

import type { WebhookRule } from "../../../mock-webhook/faults/webhook-faults.ts";
import { faultKind } from "../../incident/fault.ts";
import { actionText } from "../lib/action-text.ts";

export type WebhookFaultOptions = Omit<WebhookRule, "ttlMs">;

export default faultKind<WebhookFaultOptions>({
  kind: "server.webhook",
  summary: "the webhook that alerts go to is slow, silent, reset, refusing, limiting or gone",
  actions: new URL("../../../mock-webhook/faults/actions/", import.meta.url),
  does: ({ action }) => actionText(action),
  endpoint: "webhook",
  awaits: ({ match = {} }) => (match.on === "connect" ? "a new connection to webhook" : "a message to webhook"),
  arm({ testbed }, options, ttlMs) {
    const armed = testbed.webhook.faults.arm({ ...options, ttlMs });
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
