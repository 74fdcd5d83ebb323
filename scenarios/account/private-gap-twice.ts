/**
 * The private stream is lost again while the client recovers from the first loss, and its orders go on filling: lists are
 * slow, executions come on the stream while the backfill is still under way. What the second gap took has to be asked for
 * as well, and what came both ways counts once.
 */

import { seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { reconcilesBeforeOrders } from "../../harness/checks/account/reconciles-before-orders.ts";
import down from "../../harness/faults/network/down.ts";
import rest from "../../harness/faults/server/rest.ts";
import { ordersCancelledByDcp, ordersPlaced, privateSubscribed } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

/** A page of the list. The gaps together take up to ten pages of 50 from a client, so what it is to do in time has room for that. */
const slowLists = rest({
  match: { path: "/v5/execution/list", method: "GET" },
  action: { do: "delay", ms: seconds(2) },
});
const gap = down({ endpoint: "exchange-private" });

export default scenario({
  id: "private-gap-twice",
  report: "B",
  title: "The private stream is lost a second time while the client recovers from the first",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:08:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, back, until, wait, fault }) {
    await client.start();
    await settled("exchange-private");
    await until(ordersPlaced(12), { orAfter: seconds(60) });
    await wait(seconds(60));
    await fault(
      slowLists,
      async () => {
        // Shorter than the window of disconnect-cancel-all: its orders stand, and the market fills them.
        await fault(gap, () => wait(seconds(6)));
        await until(privateSubscribed, { orAfter: seconds(60) });
        await wait(seconds(1));
        await fault(gap, async () => {
          await until(ordersCancelledByDcp, { orAfter: seconds(20) });
          await wait(seconds(5));
        });
        await back({ within: seconds(60) });
      },
      { ifMet: true },
    );
    await wait(seconds(60));
  },

  expect: [reconcilesBeforeOrders({ within: seconds(30) }), ledgerEquals({ within: seconds(45) })],
  provenBy: { "broken/backfill-once": "ledger-equals" },
});
