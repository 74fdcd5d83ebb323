/**
 * Live connections are reset (RST, ECONNRESET) at once, idle ones too, and that is all: the next dial succeeds. On a
 * Toxiproxy the scenario has to announce it (`testbed.armReset`), because only connections that begin armed can be
 * reset there; then it resets all of them and refuses dials for a moment. It lands with the first connection that was
 * sent a reset; on a Toxiproxy, with the first whose other end, at the mock, was.
 */

import { faultKind } from "../../fault.ts";
import { endedSince } from "../lib/ended.ts";
import { resets } from "../lib/needs.ts";
import { onlyOn, targetNeeds, type Target } from "../lib/toxic-fault.ts";

export default faultKind<Target>({
  kind: "network.reset",
  summary: "live connections are reset (TCP RST) at once, idle ones too",
  needsFor: (options) => [resets(options.endpoint), ...targetNeeds(options)],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint, connection }) => `a live connection to ${endpoint}${onlyOn(endpoint, connection)}`,
  async arm({ id, testbed }, { endpoint, connection = "live" }) {
    const ended = endedSince(endpoint, testbed.clock.elapsed());
    await testbed.proxies[endpoint].endConnections("rst", id, connection);
    return {
      landing(event) {
        if (!testbed.engine.extended) {
          const closed = ended(event);
          return closed?.how === "reset" ? `${closed.connection} was reset` : undefined;
        }
        const reset = event.type === "proxy.connection-closed" && event.toxic === id && event.toClient === "rst";
        return reset && event.endpoint === endpoint ? `${event.connection} was sent a reset` : undefined;
      },
      heal: () => undefined,
    };
  },
});
