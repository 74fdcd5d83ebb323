/**
 * Half-open links: both directions stand still for 15 s, 60 s and 150 s while TCP says nothing. The short stall and the
 * long one go on where they were; the link of the one in between is gone by then, and whoever still waits on it gets a
 * reset. The exchange itself stands still, so every proxy can.
 */

import { seconds } from "../../core/units.ts";
import { abandonsDeadPeers } from "../../harness/checks/abandons-dead-peers.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { redials } from "../../harness/checks/redials.ts";
import { undisturbed } from "../../harness/checks/undisturbed.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsLive } from "../../harness/stream-moments.ts";

export default scenario({
  id: "stream-half-open",
  report: "E",
  title: "Streams go half-open: nothing comes or goes for 15 s, 60 s and 150 s, and TCP does not say so",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:33:00Z",
    compression: 30,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, until, wait, fault }) {
    const stalled = (connection: number, forMs: number, atHeal: "deliver" | "reset"): Promise<void> =>
      fault(stream({ stream: "public", match: { connection }, action: { do: "stall", atHeal } }), () => wait(forMs));

    await client.start();
    await until(topicsLive(15));
    await Promise.all([
      stalled(1, seconds(15), "deliver"),
      stalled(2, seconds(60), "reset"),
      stalled(3, seconds(150), "deliver"),
    ]);
    await wait(seconds(10));
  },

  expect: [
    abandonsDeadPeers({ within: seconds(30) }),
    redials({ within: seconds(5) }),
    undisturbed(),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/trusts-tcp": "abandons-dead-peers" },
});
