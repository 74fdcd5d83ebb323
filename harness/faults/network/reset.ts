/**
 * Live connections are reset (RST, ECONNRESET) at once, idle ones too, and that is all: the next dial succeeds. On a
 * Toxiproxy the scenario has to announce it (`testbed.armReset`), because only connections that begin armed can be
 * reset there; then it resets all of them and refuses dials for a moment. It lands with the first connection that was
 * sent a reset, or whose other end, at the mock, was: a Toxiproxy reports nothing of the client's.
 */

import { faultKind } from "../../incident/fault.ts";
import { endedByArming } from "../lib/ended.ts";
import { resets } from "../lib/needs.ts";
import { onlyOn, targetNeeds, type Target } from "../lib/toxic-fault.ts";

export default faultKind<Target>({
  kind: "network.reset",
  summary: "live connections are reset (TCP RST) at once, idle ones too",
  needsFor: (options) => [resets(options.endpoint), ...targetNeeds(options)],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint, connection }) => `a live connection to ${endpoint}${onlyOn(endpoint, connection)}`,
  async arm({ id, testbed }, { endpoint, connection = "live" }) {
    const ended = endedByArming(endpoint);
    await testbed.proxies[endpoint].endConnections("rst", id, connection);
    return {
      landing(event) {
        // The mock's line may come first, and what is counted from the landing must not begin after the loss.
        const closed = connection === "live" ? ended(event) : undefined;
        if (closed?.how === "reset") return `${closed.connection} was reset`;
        const reset = event.type === "proxy.connection-closed" && event.toxic === id && event.toClient === "rst";
        return reset && event.endpoint === endpoint ? `${event.connection} was sent a reset` : undefined;
      },
      heal: () => undefined,
    };
  },
});
