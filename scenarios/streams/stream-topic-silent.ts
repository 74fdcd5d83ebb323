/**
 * One topic of many stops while its stream lives: a level-1 book, which Bybit sends again after three seconds without a
 * change, so three times that and a moment, ten seconds of silence, are abnormal. Others are rightly quiet: nobody is liquidated, a thin market does not
 * move, an empty one has nothing to say.
 */

import { minutes, seconds } from "../../core/units.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { renewsSilentTopics } from "../../harness/checks/streams/renews-silent-topics.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "stream-topic-silent",
  report: "D",
  title: "One topic of many goes silent while others are rightly quiet",
  roles: ["market-data"],
  clock: {
    start: "2025-10-20T09:00:00Z",
    end: "2025-10-20T09:04:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "THINUSDT", "VOIDUSDT"] },

  async play({ client, settled, back, needs, wait, fault }) {
    await client.start();
    const { topics } = await settled("exchange-public");
    const [level1] = topics("exchange-public", /^orderbook\.1\.(BTC|ETH)USDT$/).toReversed();
    const [deeper] = topics("exchange-public", /^orderbook\.\d+\.(BTC|ETH)USDT$/).toReversed();
    const topic = needs(level1 ?? deeper, "an order book of BTCUSDT or ETHUSDT");
    const silent = stream({ stream: "public", match: { on: "topic", topic }, action: { do: "silence" } });
    await fault(silent, () => wait(seconds(15)));
    await back({ within: minutes(1) });
    await wait(seconds(8));
  },

  expect: [renewsSilentTopics({ within: seconds(10) }), undisturbed(), oneSubscriptionEach()],
  provenBy: {
    "broken/connection-level-staleness": "renews-silent-topics",
    "broken/renews-quiet-topics": "undisturbed",
  },
});
