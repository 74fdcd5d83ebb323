/**
 * Subscriptions go wrong in every way there is: refused for one topic of many, not answered, answered late, and carried
 * out without an answer, so that asking again is told `already subscribed`.
 */

import { seconds } from "../../core/units.ts";
import { asksAgain } from "../../harness/checks/asks-again.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { undisturbed } from "../../harness/checks/undisturbed.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsLive } from "../../harness/stream-moments.ts";

export default scenario({
  id: "stream-subscribe-faults",
  report: "E",
  title: "Subscriptions are refused, not answered, or answered late",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T02:00:00Z",
    end: "2025-10-29T02:02:00Z",
    compression: 10,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"] },

  async play({ client, until, wait, fault }) {
    const onSubscribing = (topic: string, action: StreamRule["action"], times = 1) =>
      stream({ stream: "public", match: { on: "request", op: "subscribe", topic }, action, times });
    const refused = onSubscribing("tickers.ETHUSDT", { do: "refuse-ack", topic: "tickers.ETHUSDT" }, 2);
    const lost = onSubscribing("tickers.SOLUSDT", { do: "withhold-ack", carriedOut: false });
    const unanswered = onSubscribing("tickers.XRPUSDT", { do: "withhold-ack", carriedOut: true });
    const late = onSubscribing("tickers.DOGEUSDT", { do: "late-ack", ms: seconds(3) });

    const subscribed = async (): Promise<void> => {
      await client.start();
      await until(topicsLive(25), { orAfter: seconds(25) });
    };
    await fault(refused, () => fault(lost, () => fault(unanswered, () => fault(late, subscribed))));
    await wait(seconds(12));
  },

  expect: [asksAgain({ within: seconds(10) }), undisturbed(), oneSubscriptionEach()],
  provenBy: { "broken/ignores-nak": "asks-again" },
});
