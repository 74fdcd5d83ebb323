/**
 * One topic of many stops while its stream lives: a level-1 book, which Bybit sends again after three seconds without a
 * change, so three times that and a moment, ten seconds of silence, are abnormal. Others are rightly quiet: nobody is liquidated, a thin market does not
 * move, an empty one has nothing to say.
 */

import { seconds } from "../../core/units.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { renewsSilentTopics } from "../../harness/checks/renews-silent-topics.ts";
import { undisturbed } from "../../harness/checks/undisturbed.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsLive } from "../../harness/stream-moments.ts";

export default scenario({
  id: "stream-topic-silent",
  report: "D",
  title: "One topic of many goes silent while others are rightly quiet",
  roles: ["market-data"],
  clock: {
    start: "2025-10-20T09:00:00Z",
    end: "2025-10-20T09:02:00Z",
    compression: 8,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "THINUSDT", "VOIDUSDT"] },

  async play({ client, until, wait, fault }) {
    const silent = { on: "topic", topic: "orderbook.1.ETHUSDT" } as const;
    await client.start();
    await until(topicsLive(20));
    // So much that it can know how often each topic says something.
    await wait(seconds(16));
    await fault(stream({ stream: "public", match: silent, action: { do: "silence" } }), () => wait(seconds(15)));
    await wait(seconds(8));
  },

  expect: [renewsSilentTopics({ within: seconds(10) }), undisturbed(), oneSubscriptionEach()],
  provenBy: {
    "broken/connection-level-staleness": "renews-silent-topics",
    "broken/renews-quiet-topics": "undisturbed",
  },
});
