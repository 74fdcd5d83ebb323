/**
 * A dial succeeds and the connection is reset (RST) at once, before anything is sent on it. Connections that are live go
 * on. Ours only. A refused dial, where there is no connection at all, is `network.refuse`.
 */

import type { Endpoint } from "../../testbed/testbed.ts";
import { faultKind } from "../../incident/fault.ts";
import { ownToxics } from "../lib/needs.ts";
import { armToxics } from "../lib/toxic-fault.ts";

export interface ResetNewConnectionsOptions {
  endpoint: Endpoint;
}

export default faultKind<ResetNewConnectionsOptions>({
  kind: "network.reset-new-connections",
  summary: "new connections are reset (TCP RST) as they are made; live ones go on",
  needs: [ownToxics],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint }) => `a new connection to ${endpoint}`,
  async arm(context, { endpoint }, ttlMs) {
    const toxic = { type: "reject", attributes: {}, words: "a reset", directions: ["downstream"] } as const;
    const armed = await armToxics(context, ttlMs, { endpoint }, toxic);
    return {
      ...armed,
      landing: (event) =>
        event.type === "proxy.connection-closed" &&
        event.toxic === `${context.id}-downstream` &&
        event.endpoint === endpoint &&
        event.toClient === "rst"
          ? `${event.connection} was sent a reset as it was made`
          : undefined,
    };
  },
});
