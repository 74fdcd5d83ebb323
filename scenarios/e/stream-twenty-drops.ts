/**
 * Twenty drops in a row, each as soon as the stream has begun to bring data again; the private stream is dropped five
 * times meanwhile, each time with the execution that it was about to bring. Whether each was acted on once is seen by the
 * client's own ledger, which only it can tell.
 */

import { seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/ledger-equals.ts";
import { memoryFlat } from "../../harness/checks/memory-flat.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { redials } from "../../harness/checks/redials.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { ordersPlaced } from "../../harness/moments.ts";
import { ruleUsedUp, topicsLive } from "../../harness/stream-moments.ts";

const mib = 2 ** 20;

export default scenario({
  id: "stream-twenty-drops",
  report: "E",
  title: "Twenty drops in a row",
  roles: ["market-data", "private-stream"],
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
    await until(ordersPlaced(12));
    // A runtime grows to its working size in its first moments, and that is no leak.
    await wait(seconds(35));
    const ticker = { on: "topic", topic: "tickers.*" } as const;
    const execution = { on: "topic", topic: "execution" } as const;
    const dropped = (of: "public" | "private") => until(ruleUsedUp(`exchange-${of}`), { orAfter: seconds(90) });
    await fault(stream({ stream: "public", match: ticker, action: { do: "fin" }, times: 20 }), () =>
      fault(stream({ stream: "private", match: execution, action: { do: "fin" }, times: 5 }), () =>
        Promise.all([dropped("public"), dropped("private")]),
      ),
    );
    await until(topicsLive(15), { orAfter: seconds(40) });
    await wait(seconds(31));
  },

  expect: [
    redials({ within: seconds(5) }),
    oneSubscriptionEach(),
    ledgerEquals({ within: seconds(30) }),
    memoryFlat({ growthBytes: 32 * mib }),
  ],
  provenBy: {
    "broken/forgets-subscriptions": "one-subscription-each",
    "broken/leaks-listeners": "memory-flat",
    "broken/counts-executions-twice": "ledger-equals",
  },
});
