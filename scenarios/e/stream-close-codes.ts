/** The exchange closes streams with every code that says nothing is wrong with the client, 1000 included. */

import { seconds } from "../../core/units.ts";
import { answersClose } from "../../harness/checks/answers-close.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { redials } from "../../harness/checks/redials.ts";
import { resubscribes } from "../../harness/checks/resubscribes.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsBack, topicsLive } from "../../harness/stream-moments.ts";

const codes = [1000, 1001, 1008, 1011, 1012];

export default scenario({
  id: "stream-close-codes",
  report: "E",
  title: "Streams are closed with 1000, 1001, 1008, 1011 and 1012",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T07:13:00Z",
    end: "2025-10-29T07:15:00Z",
    compression: 2,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"] },

  async play({ client, until, fault }) {
    await client.start();
    await until(topicsLive(25));
    for (const code of codes) {
      await fault(stream({ stream: "public", action: { do: "close", code }, times: 1 }), () =>
        until(topicsBack(25), { orAfter: seconds(1.5) }),
      );
    }
  },

  expect: [
    answersClose({ within: seconds(1) }),
    redials({ within: seconds(1) }),
    resubscribes({ within: seconds(5) }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/ignores-normal-closure": "redials", "broken/queues-close": "answers-close" },
});
