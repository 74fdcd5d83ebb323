/**
 * The private link is down for longer than the window of disconnect-cancel-all, so the exchange cancels the open orders of a
 * client that has asked for that. Who takes them for alive quotes on nothing: they are asked for before anything is done.
 */

import { seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { reconcilesBeforeOrders } from "../../harness/checks/account/reconciles-before-orders.ts";
import down from "../../harness/faults/network/down.ts";
import { ordersPlaced } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "dcp-disconnect",
  report: "B",
  title: "The private link is down for longer than the cancel-on-disconnect window",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:08:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  async play({ client, settled, back, until, wait, fault }) {
    await client.start();
    await settled("exchange-private");
    await until(ordersPlaced(8), { orAfter: seconds(60) });
    await fault(down({ endpoint: "exchange-private" }), () => wait(seconds(60)));
    await back({ within: seconds(60) });
    await wait(seconds(60));
  },

  expect: [reconcilesBeforeOrders({ within: seconds(30) }), ledgerEquals({ within: seconds(30) })],
  provenBy: { "broken/assumes-orders-alive": "reconciles-before-orders" },
});
