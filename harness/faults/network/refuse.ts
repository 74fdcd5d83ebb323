/**
 * Dials are refused (ECONNREFUSED) while live connections go on: a listener that is gone under a load balancer which
 * keeps its links. Ours only; with the live connections ended as well it is `network.down`. It lands with the first dial
 * that the kernel refused (`harness/proxy/refused-dials.ts`); no server would know of it.
 */

import type { Endpoint } from "../../testbed/testbed.ts";
import { faultKind } from "../../incident/fault.ts";
import { ownToxics, seenRefusals } from "../lib/needs.ts";
import { refusedDial } from "../lib/refused-dial.ts";
import { armToxics } from "../lib/toxic-fault.ts";

export interface RefuseOptions {
  endpoint: Endpoint;
}

export default faultKind<RefuseOptions>({
  kind: "network.refuse",
  summary: "dials are refused (ECONNREFUSED); live connections go on",
  needs: [ownToxics, seenRefusals],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint }) => `a dial to ${endpoint}`,
  async arm(context, { endpoint }, ttlMs) {
    const toxic = { type: "refuse", attributes: {}, words: "a refusal", directions: ["downstream"] } as const;
    const armed = await armToxics(context, ttlMs, { endpoint }, toxic);
    return { ...armed, landing: refusedDial(endpoint) };
  },
});
