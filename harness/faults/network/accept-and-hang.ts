/**
 * A dial succeeds and then nothing comes: TCP is accepted, the request or the upgrade is never answered. Connections
 * that are live go on. At the heal those that hang stay so, until the client gives them up. Ours only.
 */

import type { Endpoint } from "../../testbed/testbed.ts";
import { faultKind } from "../../incident/fault.ts";
import { ownToxics } from "../lib/needs.ts";
import { armToxics } from "../lib/toxic-fault.ts";

export interface AcceptAndHangOptions {
  endpoint: Endpoint;
}

export default faultKind<AcceptAndHangOptions>({
  kind: "network.accept-and-hang",
  summary: "new connections are accepted and never answered; live ones go on",
  needs: [ownToxics],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint }) => `a new connection to ${endpoint}`,
  silences: true,
  async arm(context, { endpoint }, ttlMs) {
    const toxic = { type: "accept_and_hang", attributes: {}, words: "silence", directions: ["downstream"] } as const;
    const armed = await armToxics(context, ttlMs, { endpoint }, toxic);
    return {
      ...armed,
      landing: (event) =>
        event.type === "proxy.toxic-hit" && event.toxic === `${context.id}-downstream` && event.endpoint === endpoint
          ? `${event.connection} was accepted and left alone`
          : undefined,
    };
  },
});
