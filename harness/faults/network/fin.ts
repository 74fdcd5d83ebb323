/**
 * Live connections are closed (FIN) at once, idle ones too, and that is all: the next dial succeeds. On a Toxiproxy it
 * closes all of them and refuses dials for a moment. It lands with the first connection that was closed.
 */

import { faultKind } from "../../incident/fault.ts";
import { endedByArming } from "../lib/ended.ts";
import { closes } from "../lib/needs.ts";
import { onlyOn, targetNeeds, type Target } from "../lib/toxic-fault.ts";

export default faultKind<Target>({
  kind: "network.fin",
  summary: "live connections are closed (TCP FIN) at once, idle ones too",
  needsFor: (options) => [closes(options.endpoint), ...targetNeeds(options)],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint, connection }) => `a live connection to ${endpoint}${onlyOn(endpoint, connection)}`,
  async arm({ id, testbed }, { endpoint, connection = "live" }) {
    const ended = endedByArming(endpoint);
    await testbed.proxies[endpoint].endConnections("fin", id, connection);
    return {
      landing(event) {
        // The mock's line may come first, and what is counted from the landing must not begin after the loss.
        const ending = connection === "live" ? ended(event) : undefined;
        if (ending !== undefined) return `${ending.connection} was closed without a close frame`;
        const closed = event.type === "proxy.connection-closed" && event.toxic === id && event.toClient === "fin";
        return closed && event.endpoint === endpoint ? `${event.connection} was sent a FIN` : undefined;
      },
      heal: () => undefined,
    };
  },
});
