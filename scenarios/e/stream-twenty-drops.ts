/**
 * Twenty drops in a row, each as soon as the stream has begun to bring data again. Public streams only: that an execution
 * is acted on once after a drop is the private stream's business, and `private-gap` holds its ledger against it.
 */

import { seconds } from "../../core/units.ts";
import { memoryFlat } from "../../harness/checks/memory-flat.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { redials } from "../../harness/checks/redials.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { ruleUsedUp, topicsLive } from "../../harness/stream-moments.ts";

const mib = 2 ** 20;

export default scenario({
  id: "stream-twenty-drops",
  report: "E",
  title: "Twenty drops in a row",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:33:00Z",
    compression: 25,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(topicsLive(15));
    // A runtime grows to its working size in its first moments, and that is no leak.
    await wait(seconds(35));
    const ticker = { on: "topic", topic: "tickers.*" } as const;
    await fault(stream({ stream: "public", match: ticker, action: { do: "fin" }, times: 20 }), () =>
      until(ruleUsedUp("exchange-public"), { orAfter: seconds(90) }),
    );
    await until(topicsLive(15), { orAfter: seconds(40) });
    await wait(seconds(25));
  },

  expect: [redials({ within: seconds(2) }), oneSubscriptionEach(), memoryFlat({ growthBytes: 80 * mib })],
  provenBy: {
    "broken/forgets-subscriptions": "one-subscription-each",
    "broken/leaks-listeners": "memory-flat",
  },
});
