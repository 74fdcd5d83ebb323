/**
 * The private stream is gone while orders fill, fill in part, and are cancelled by the exchange because their owner is
 * gone (DCP). Nothing of that is ever sent again: it has to be asked for, before the next order.
 */

import { seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { reconcilesBeforeOrders } from "../../harness/checks/account/reconciles-before-orders.ts";
import down from "../../harness/faults/network/down.ts";
import { ordersCancelledByDcp, ordersPlaced } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "private-gap",
  report: "D",
  title: "The private stream is down while orders fill and are cancelled by DCP",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:06:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, back, until, wait, fault }) {
    await client.start();
    await settled("exchange-private");
    await until(ordersPlaced(12), { orAfter: seconds(60) });
    // Ten seconds after it is gone the open orders of who asked for that are cancelled; until then the market fills them.
    await fault(down({ endpoint: "exchange-private" }), async () => {
      await until(ordersCancelledByDcp, { orAfter: seconds(20) });
      await wait(seconds(5));
    });
    await back({ within: seconds(60) });
    // Half a minute after it is back, which with backoff may take a while.
    await wait(seconds(60));
  },

  expect: [reconcilesBeforeOrders({ within: seconds(30) }), ledgerEquals({ within: seconds(30) })],
  provenBy: {
    "broken/no-reconcile": "reconciles-before-orders",
    "broken/counts-executions-twice": "ledger-equals",
  },
});
