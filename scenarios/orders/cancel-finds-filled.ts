/**
 * Orders fill just before their cancel arrives, and the private stream is late with the news: the cancel is refused with
 * 110001, which says that the order is gone and not how. Until that is known nothing else is sent in its place, and the
 * ledger has the fill.
 */

import { minutes, seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { knowsBeforeReordering } from "../../harness/checks/orders/knows-before-reordering.ts";
import rest from "../../harness/faults/server/rest.ts";
import stream from "../../harness/faults/server/stream.ts";
import { orderCancelled } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const faster = rest({ match: { path: "/v5/order/cancel*", method: "POST" }, action: { do: "fill-first" } });
const late = stream({ stream: "private", match: { on: "live" }, action: { do: "stall", atHeal: "deliver" } });
/** So often, and each time shorter than a heartbeat waits for its answer. */
const times = 10;
const lateMs = seconds(8);

export default scenario({
  id: "cancel-finds-filled",
  report: "B",
  title: "Orders fill just before their cancel arrives, and the stream is late to say so",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:12:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"] },

  async play({ client, settled, needs, until, wait, fault }) {
    await client.start();
    await settled("exchange-private");
    const cancels = await until(orderCancelled, { orAfter: minutes(2) });
    needs(cancels || undefined, "orders that it cancels");
    for (let n = 0; n < times; n += 1) {
      await fault(late, () => fault(faster, () => wait(lateMs), { ifMet: true }));
      await wait(seconds(5));
    }
    await wait(minutes(1));
  },

  expect: [knowsBeforeReordering(), ledgerEquals({ within: seconds(30) })],
  provenBy: { "broken/cancel-means-flat": "knows-before-reordering" },
});
