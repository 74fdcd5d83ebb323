/**
 * Subscriptions go wrong in every way there is: refused for one topic of many, not answered, answered late, and carried
 * out without an answer, so that asking again is answered `already subscribed`.
 */

import { seconds } from "../../core/units.ts";
import { asksAgain } from "../../harness/checks/streams/asks-again.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

const dropped = stream({ stream: "public", action: { do: "close", code: 1012 } });

/** It loses all its streams, and on its way back the subscription of one of its topics goes wrong. */
const onSubscribing = (
  id: string,
  action: (topic: string) => StreamRule["action"],
  times = 1,
  expect: readonly Check[] = [],
): Trial =>
  trial(
    id,
    async ({ settled, back, needs, wait, fault }) => {
      const { topics } = await settled("exchange-public");
      const topic = needs(topics("exchange-public")[0], "a topic");
      const match = { on: "request", op: "subscribe", topic } as const;
      const wrong = stream({ stream: "public", match, action: action(topic), times });
      await fault(wrong, () => fault(dropped, () => back({ within: seconds(60) })));
      await wait(seconds(12));
    },
    expect,
  );

export default scenario({
  id: "stream-subscribe-faults",
  report: "E",
  title: "Subscriptions are refused, not answered, or answered late",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T02:00:00Z",
    end: "2025-10-29T02:02:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"], marketStepMs: 1_000 },

  trials: [
    onSubscribing("refused", (topic) => ({ do: "refuse-ack", topic }), 2, [asksAgain({ within: seconds(10) })]),
    onSubscribing("lost", () => ({ do: "withhold-ack", carriedOut: false }), 1, [asksAgain({ within: seconds(10) })]),
    onSubscribing("unanswered", () => ({ do: "withhold-ack", carriedOut: true })),
    onSubscribing("late", () => ({ do: "late-ack", ms: seconds(3) })),
  ],

  expect: [undisturbed(), oneSubscriptionEach()],
  provenBy: { "broken/ignores-nak": { trial: "refused", check: "asks-again" } },
});
