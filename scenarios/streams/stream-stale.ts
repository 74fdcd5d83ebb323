/** Report D: the link looks alive, pings are answered, and nothing arrives any more. */

import { minutes, seconds } from "../../core/units.ts";
import { givesUpSilentStreams } from "../../harness/checks/streams/gives-up-silent-streams.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "stream-stale",
  report: "D",
  title: "Market data freezes for ten minutes while TCP and pings work",
  roles: ["market-data"],
  clock: {
    start: "2025-10-20T09:00:00Z",
    end: "2025-10-20T09:16:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  async play({ client, settled, back, wait, fault }) {
    await client.start();
    await settled("exchange-public");
    await fault(stream({ stream: "public", match: { on: "topic" }, action: { do: "silence" } }), () =>
      wait(minutes(10)),
    );
    await back({ within: minutes(1) });
    await wait(seconds(10));
  },

  expect: [
    givesUpSilentStreams({ within: seconds(65), notBefore: seconds(30) }),
    redials({ within: seconds(6) }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/no-stale-detection": "gives-up-silent-streams" },
});
