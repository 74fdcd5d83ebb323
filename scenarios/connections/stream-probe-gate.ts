/**
 * Report E, H2: `/v5/market/time` does not answer for five minutes. The streams have nothing to do with that: healthy ones
 * stay, and those that are closed meanwhile are dialled again at once. The bot of that day said "Network connectivity
 * validation failed", then "Failed to reconnect conn_9", and stayed away.
 */

import { minutes, seconds } from "../../core/units.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import rest from "../../harness/faults/server/rest.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const probeHangs = rest({ match: { path: "/v5/market/time" }, action: { do: "hang" } });
const closed = stream({ stream: "public", action: { do: "close", code: 1001 } });

export default scenario({
  id: "stream-probe-gate",
  report: "E",
  title: "The REST probe hangs for 5 min; the streams are healthy, then closed",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:36:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, back, wait, fault }) {
    await client.start();
    await settled("exchange-public");
    // Who has no such probe cannot be kept from dialling by it.
    await fault(
      probeHangs,
      async () => {
        await wait(minutes(3));
        await fault(closed, () => back({ within: minutes(1) }));
        await wait(minutes(1));
      },
      { ifMet: true },
    );
    await wait(seconds(10));
  },

  expect: [undisturbed(), redials({ within: seconds(6) }), oneSubscriptionEach()],
  provenBy: { "broken/reconnect-gated-on-probe": "redials" },
});
