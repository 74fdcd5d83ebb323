/**
 * The client is started again with a URL whose host has no address, a name under `.invalid`: a mistyped webhook, or a name
 * server that has lost it. As it is over the client is started with the true one. It lands with a lookup of that name,
 * which only the clock's own library shows.
 */

import { endpoints, type Endpoint } from "../../incident/endpoints.ts";
import { faultKind } from "../../incident/fault.ts";
import { seenLookups } from "../lib/needs.ts";

export interface NoAddressOptions {
  endpoint: Endpoint;
}

export const hostWithoutAddress = (endpoint: string): string => `firedrill-${endpoint}.invalid`;

export default faultKind<NoAddressOptions>({
  kind: "process.no-address",
  summary: "the client is started with an endpoint's URL whose host has no address (.invalid)",
  needs: [seenLookups],
  endpoint: ({ endpoint }) => endpoint,
  awaits: ({ endpoint }) => `a lookup of ${hostWithoutAddress(endpoint)}`,
  isUpToTheClient: true,
  async arm({ client, testbed }, { endpoint }) {
    const { variable } = endpoints[endpoint];
    const url = testbed.contract[variable] ?? "";
    const host = hostWithoutAddress(endpoint);
    const startWith = async (value: string): Promise<void> => {
      client.setVariable(variable, value);
      if (!client.running) return;
      await client.stop("SIGTERM", "fault");
      await client.start();
    };
    await startWith(url.replace("127.0.0.1", host));
    return {
      landing: (event) =>
        event.type === "client.looked-up" && event.host === host ? `the client looked ${host} up` : undefined,
      heal: () => startWith(url),
    };
  },
});
