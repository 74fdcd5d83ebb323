/**
 * Everything that can happen to an order book's frames: some are lost, one comes twice, two change places, a delta comes
 * before the snapshot, the service restarts (`u` is 1), a level is deleted that was never there.
 */

import { seconds } from "../../core/units.ts";
import { booksEqual } from "../../harness/checks/books/books-equal.ts";
import { booksUncrossed } from "../../harness/checks/books/books-uncrossed.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { resyncsBooks } from "../../harness/checks/books/resyncs-books.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { bookReported } from "../../harness/stream-moments.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

/** A book that comes in deltas; one of a single level comes whole every time. */
const deep = /^orderbook\.(?!1\.)\d+\./;

/** The frames of one of its books, and what has to befall its connection for that to come. */
const befalls = (id: string, action: StreamRule["action"], first?: (topic: string) => Fault): Trial =>
  trial(id, async ({ settled, back, needs, until, wait, fault }) => {
    const { topics } = await settled("exchange-public");
    const topic = needs(topics("exchange-public", deep)[0], "an order book of more than one level");
    const isBack = () => back({ within: seconds(30) });
    await fault(stream({ stream: "public", match: { topic }, action, times: 1 }), () =>
      first === undefined ? isBack() : fault(first(topic), isBack),
    );
    await wait(seconds(12));
    await until(bookReported(topic), { orAfter: seconds(65) });
  });

const closesItsConnection = (topic: string): Fault =>
  stream({ stream: "public", match: { on: "topic", topic }, action: { do: "close", code: 1012 }, times: 1 });

export default scenario({
  id: "stream-book-faults",
  report: "E",
  title: "A book's frames are lost, repeated, swapped; the service restarts; an unknown level is deleted",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T07:35:00Z",
    end: "2025-10-29T07:38:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], marketStepMs: 500, witnessBooks: true },

  trials: [
    befalls("gap", { do: "gap", frames: 5 }),
    befalls("duplicate", { do: "duplicate", copies: 2 }),
    befalls("swap", { do: "swap" }),
    befalls("restart", { do: "restart" }),
    befalls("unknown-level", { do: "delete-unknown-level" }),
    befalls("delta-first", { do: "delta-first" }, closesItsConnection),
  ],

  expect: [
    resyncsBooks({ within: seconds(5) }),
    booksEqual({ within: seconds(10) }),
    booksUncrossed(),
    oneSubscriptionEach(),
  ],
  provenBy: {
    "broken/applies-every-delta": { trial: "gap", check: "resyncs-books" },
    "broken/merges-snapshot": { trial: "gap", check: "books-equal" },
    "broken/drops-restarted-book": { trial: "restart", check: "books-equal" },
  },
});
