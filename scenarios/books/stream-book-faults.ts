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
import { scenario } from "../../harness/incident/scenario.ts";
import { topicsLive } from "../../harness/stream-moments.ts";

const book = { topic: "orderbook.50.BTCUSDT" };
const once = (action: { do: string } & Record<string, unknown>) =>
  stream({ stream: "public", match: book, action, times: 1 });
const lostStream = stream({
  stream: "public",
  match: { connection: 1 },
  action: { do: "close", code: 1012 },
  times: 1,
});

export default scenario({
  id: "stream-book-faults",
  report: "E",
  title: "A book's frames are lost, repeated, swapped; the service restarts; an unknown level is deleted",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T07:35:00Z",
    end: "2025-10-29T07:37:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], witnessBooks: true },

  async play({ client, until, wait, fault }) {
    const aftermath = (): Promise<void> => wait(seconds(12));
    await client.start();
    await until(topicsLive(10));
    await fault(once({ do: "gap", frames: 5 }), aftermath);
    await fault(once({ do: "duplicate", copies: 2 }), aftermath);
    await fault(once({ do: "swap" }), aftermath);
    await fault(once({ do: "restart" }), aftermath);
    await fault(once({ do: "delete-unknown-level" }), aftermath);
    await fault(once({ do: "delta-first" }), () => fault(lostStream, aftermath));
  },

  expect: [
    resyncsBooks({ within: seconds(5) }),
    booksEqual({ within: seconds(10) }),
    booksUncrossed(),
    oneSubscriptionEach(),
  ],
  provenBy: {
    "broken/applies-every-delta": "resyncs-books",
    "broken/merges-snapshot": "books-equal",
    "broken/drops-restarted-book": "books-equal",
  },
});
