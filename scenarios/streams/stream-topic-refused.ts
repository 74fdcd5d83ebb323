/**
 * On the way back from a loss the exchange refuses one topic, or does not answer to it, for a minute. It is asked for
 * again, and not twenty times a second, and is there when it is granted.
 */

import { minutes, seconds } from "../../core/units.ts";
import { asksAgain } from "../../harness/checks/streams/asks-again.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { throttlesSubscriptions } from "../../harness/checks/streams/throttles-subscriptions.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";

const dropped = stream({ stream: "public", action: { do: "close", code: 1012 } });

const forAMinute = (id: string, action: (topic: string) => StreamRule["action"]): Trial =>
  trial(id, async ({ settled, back, needs, wait, fault }) => {
    const { topics } = await settled("exchange-public");
    const topic = needs(topics("exchange-public")[0], "a topic");
    const wrong = stream({
      stream: "public",
      match: { on: "request", op: "subscribe", topic },
      action: action(topic),
    });
    await fault(wrong, () => fault(dropped, () => wait(minutes(1))));
    // Backoff may have grown to a minute by then.
    await back({ within: seconds(90) });
    await wait(seconds(10));
  });

export default scenario({
  id: "stream-topic-refused",
  report: "E",
  title: "One topic is refused, or not answered, for a minute",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T02:00:00Z",
    end: "2025-10-29T02:05:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: 1_000 },

  trials: [
    forAMinute("refused", (topic) => ({ do: "refuse-ack", topic })),
    forAMinute("unanswered", () => ({ do: "withhold-ack", carriedOut: false })),
  ],

  expect: [asksAgain({ within: seconds(60) }), throttlesSubscriptions({ mostPerMinute: 60 }), oneSubscriptionEach()],
  provenBy: { "broken/hammers-refused-topic": { trial: "refused", check: "throttles-subscriptions" } },
});
