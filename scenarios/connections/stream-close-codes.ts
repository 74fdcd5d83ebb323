/** The exchange closes streams with every code that says nothing is wrong with the client, 1000 included. */

import { seconds } from "../../core/units.ts";
import { answersClose } from "../../harness/checks/connections/answers-close.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import { resubscribes } from "../../harness/checks/streams/resubscribes.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "stream-close-codes",
  report: "E",
  title: "Streams are closed with 1000, 1001, 1008, 1011 and 1012",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T07:13:00Z",
    end: "2025-10-29T07:18:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"], marketStepMs: 1_000 },

  trials: [1000, 1001, 1008, 1011, 1012].map((code) =>
    trial(`${code}`, async ({ settled, back, wait, fault }) => {
      await settled("exchange-public");
      await fault(stream({ stream: "public", action: { do: "close", code }, times: 1 }), () =>
        back({ within: seconds(30) }),
      );
      // Who does not answer a close frame at once is seen to do it later, or not.
      await wait(seconds(10));
    }),
  ),

  expect: [
    answersClose({ within: seconds(1) }),
    // Many a bot waits for five seconds, and is right to.
    redials({ within: seconds(6) }),
    resubscribes({ within: seconds(10) }),
    oneSubscriptionEach(),
  ],
  provenBy: {
    "broken/ignores-normal-closure": { trial: "1000", check: "redials" },
    "broken/queues-close": { trial: "1012", check: "answers-close" },
  },
});
