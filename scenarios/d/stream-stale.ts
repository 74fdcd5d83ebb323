/** Report D: the link looks alive, pings are answered, and nothing arrives any more. */

import { minutes, seconds } from "../../core/units.ts";
import { givesUpSilentStreams } from "../../harness/checks/gives-up-silent-streams.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { redials } from "../../harness/checks/redials.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsLive } from "../../harness/stream-moments.ts";

export default scenario({
  id: "stream-stale",
  report: "D",
  title: "Market data freezes for ten minutes while TCP and pings work",
  roles: ["market-data"],
  clock: {
    start: "2025-10-20T09:00:00Z",
    end: "2025-10-20T09:12:00Z",
    compression: 75,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(topicsLive(10));
    await wait(seconds(10));
    await fault(stream({ stream: "public", match: { on: "topic" }, action: { do: "silence" } }), () =>
      wait(minutes(10)),
    );
    await wait(seconds(10));
  },

  expect: [
    givesUpSilentStreams({ within: seconds(65), notBefore: seconds(30) }),
    redials({ within: seconds(5) }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/no-stale-detection": "gives-up-silent-streams" },
});
