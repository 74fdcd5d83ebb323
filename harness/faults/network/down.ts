/**
 * The endpoint is down: its port is closed, live connections end, and a dial is refused until the heal. Both kinds of
 * engine do it. It lands with a live connection that it ends; a dial that is refused leaves no trace on any server.
 */

import type { Endpoint } from "../../testbed/testbed.ts";
import { faultKind } from "../../fault.ts";

export interface DownOptions {
  endpoint: Endpoint;
}

export default faultKind<DownOptions>({
  kind: "network.down",
  summary: "an endpoint is down: live connections end, dials are refused",
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint }) => `a live connection to ${endpoint}`,
  async arm({ testbed }, { endpoint }) {
    const proxy = testbed.proxies[endpoint];
    await proxy.disable();
    return {
      landing: (event) =>
        event.type === "connection.closed" && event.endpoint === endpoint && event.by !== "server"
          ? `${event.connection} was ended as ${endpoint} went down`
          : undefined,
      heal: () => proxy.enable(),
    };
  },
});
