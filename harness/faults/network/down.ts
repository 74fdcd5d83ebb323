/**
 * The endpoint is down, as after the death of what listens there: live connections end, and a dial is refused
 * (ECONNREFUSED) until the heal. Both kinds of engine do it. It lands with a live connection that it ended, or with a
 * dial that was refused.
 *
 * One endpoint, because at Bybit each has hosts of its own and an outage takes them one by one. A server that dies whole
 * (all four of the exchange) is one of these for each endpoint that the client uses, one within the other: so each has
 * its own proof. A process that is killed closes its sockets in the same two ways, and there is no other kind for it.
 */

import type { Endpoint } from "../../testbed/testbed.ts";
import { faultKind } from "../../incident/fault.ts";
import { endedByArming } from "../lib/ended.ts";
import { refusedDial } from "../lib/refused-dial.ts";

export interface DownOptions {
  endpoint: Endpoint;
}

export default faultKind<DownOptions>({
  kind: "network.down",
  summary: "an endpoint is down: live connections end (FIN), dials are refused (ECONNREFUSED)",
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint }) => `a live connection or a dial to ${endpoint}`,
  async arm({ id, testbed }, { endpoint }, ttlMs) {
    const proxy = testbed.proxies[endpoint];
    const ended = endedByArming(endpoint);
    const { up } = await proxy.down(id, ttlMs);
    const refused = refusedDial(endpoint);
    return {
      landing(event) {
        const connection = ended(event)?.connection;
        return connection === undefined ? refused(event) : `${connection} was ended as ${endpoint} went down`;
      },
      heal: up,
    };
  },
});
