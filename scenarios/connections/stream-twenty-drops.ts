/**
 * Twenty drops in a row, each as soon as the stream has begun to bring data again; the private stream is dropped five
 * times meanwhile, each time with the execution that it was about to bring. Whether each was acted on once is seen by the
 * client's own ledger, which only it can report.
 */

import { minutes, seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { memoryFlat } from "../../harness/checks/process/memory-flat.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { ordersPlaced } from "../../harness/moments.ts";
import { ruleUsedUp } from "../../harness/stream-moments.ts";

const mib = 2 ** 20;

export default scenario({
  id: "stream-twenty-drops",
  report: "E",
  title: "Twenty drops in a row",
  roles: ["market-data", "private-stream"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:33:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, back, until, needs, wait, fault }) {
    await client.start();
    const { topics, uses } = await settled("exchange-public");
    const [often] = topics("exchange-public", /^(tickers|orderbook|publicTrade)\./);
    const [kind] = needs(often, "a ticker, a book or trades").split(".");
    // A position to lose sight of, where the client trades.
    if (uses("exchange-private")) await until(ordersPlaced(12), { orAfter: seconds(60) });
    const data = { on: "topic", topic: `${kind ?? ""}.*` } as const;
    const execution = { on: "topic", topic: "execution" } as const;
    const dropped = async (of: "public" | "private"): Promise<void> => {
      await until(ruleUsedUp(`exchange-${of}`), { orAfter: minutes(3) });
    };
    const publicDropped = stream({ stream: "public", match: data, action: { do: "fin" }, times: 20 });
    const privateDropped = stream({ stream: "private", match: execution, action: { do: "fin" }, times: 5 });
    await fault(publicDropped, async () => {
      if (!uses("exchange-private")) return dropped("public");
      const both = () => Promise.all([dropped("public"), dropped("private")]);
      await fault(privateDropped, both, { ifMet: true });
    });
    await back({ within: seconds(40) });
    await wait(seconds(31));
  },

  expect: [
    redials({ within: seconds(6) }),
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
