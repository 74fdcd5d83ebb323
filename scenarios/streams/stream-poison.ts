/**
 * Messages that no handler can bear: no JSON, JSON cut short, everything of the wrong type, and one of 5 MB. Report D
 * asks that one bad event never kills the loop; that the next ones are acted on is seen by the orders.
 */

import { seconds } from "../../core/units.ts";
import { keepsStreams } from "../../harness/checks/streams/keeps-streams.ts";
import { tradesAgain } from "../../harness/checks/account/trades-again.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import stream from "../../harness/faults/server/stream.ts";
import { symbolsTraded } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const bestLevel = { topic: "orderbook.1.*" };
const once = (action: { do: string } & Record<string, unknown>) =>
  stream({ stream: "public", match: bestLevel, action, times: 2 });

export default scenario({
  id: "stream-poison",
  report: "D",
  title: "Messages that are no JSON, cut short, of the wrong types, or 5 MB large",
  roles: ["market-data", "trading"],
  clock: {
    start: "2025-10-29T07:35:00Z",
    end: "2025-10-29T07:38:20Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(symbolsTraded(2));
    for (const kind of ["invalid-json", "truncated-json", "wrong-types"]) {
      await fault(once({ do: "malformed", kind }), () => wait(seconds(11)));
    }
    await fault(once({ do: "malformed", kind: "wrong-types", instead: true }), () => wait(seconds(11)));
    await fault(once({ do: "huge-frame", bytes: 5_000_000 }), () => wait(seconds(11)));
    // Time enough for a client that would trade again.
    await wait(seconds(45));
  },

  expect: [
    keepsStreams({ lasting: seconds(10) }),
    tradesAgain({ within: seconds(20), after: "a spoilt message" }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/handler-kills-loop": "trades-again" },
});
