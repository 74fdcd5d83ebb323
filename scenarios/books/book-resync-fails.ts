/**
 * A book loses frames, and the first attempt to have it again fails: it is refused, it is not answered, or its snapshot is
 * lost and only changes come. Whoever tries once has no book from then on, or an old one that he believes.
 */

import { seconds } from "../../core/units.ts";
import { booksEqual } from "../../harness/checks/books/books-equal.ts";
import { booksUncrossed } from "../../harness/checks/books/books-uncrossed.ts";
import { resyncsBooks } from "../../harness/checks/books/resyncs-books.ts";
import { asksAgain } from "../../harness/checks/streams/asks-again.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";

/** Until it is asked for again, and longer than anybody waits for a snapshot. */
const resyncMs = seconds(60);

/** @param fails What meets the first attempt. A client that makes none has nothing to repeat. */
const resyncFails = (
  id: string,
  fails: (topic: string) => Pick<StreamRule, "match" | "action">,
  expect: readonly Check[],
): Trial =>
  trial(
    id,
    async ({ settled, back, needs, wait, fault }) => {
      const { topics } = await settled("exchange-public");
      // A book of one level comes as snapshots only, so that a lost one is no gap.
      const topic = needs(topics("exchange-public", /^orderbook\.(?!1\.)/)[0], "an order book that comes in changes");
      const gap = stream({ stream: "public", match: { topic }, action: { do: "gap", frames: 5 }, times: 1 });
      const failing = stream({ stream: "public", ...fails(topic), times: 1 });
      await fault(failing, () => fault(gap, () => back({ within: resyncMs })));
      await wait(resyncMs);
    },
    expect,
  );

export default scenario({
  id: "book-resync-fails",
  report: "E",
  title: "A book loses frames, and the first attempt to have it again fails",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T07:35:00Z",
    end: "2025-10-29T07:40:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], witnessBooks: true, marketStepMs: 500 },

  trials: [
    resyncFails(
      "refused",
      (topic) => ({ match: { on: "request", op: "subscribe", topic }, action: { do: "refuse-ack", topic } }),
      [asksAgain({ within: resyncMs })],
    ),
    resyncFails(
      "unanswered",
      (topic) => ({
        match: { on: "request", op: "subscribe", topic },
        action: { do: "withhold-ack", carriedOut: false },
      }),
      [asksAgain({ within: resyncMs })],
    ),
    resyncFails("no-snapshot", (topic) => ({ match: { topic }, action: { do: "lose-snapshot" } }), [
      resyncsBooks({ within: seconds(30), after: "lose-snapshot" }),
    ]),
  ],

  expect: [booksEqual({ within: resyncMs }), booksUncrossed(), oneSubscriptionEach()],
  provenBy: {
    "broken/resyncs-once": { trial: "no-snapshot", check: "resyncs-books" },
    "broken/frozen-book": { trial: "refused", check: "books-equal" },
  },
});
