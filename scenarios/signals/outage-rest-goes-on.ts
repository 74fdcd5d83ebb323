/**
 * The outage of report B with the rest of the bot beside it (H4): the feed is down, a wave is looked for in vain for a
 * quarter of an hour, and polling over REST keeps its rhythm meanwhile. Of a client that polls nothing nothing is asked.
 */

import { minutes, seconds } from "../../core/units.ts";
import { valuesOnTime } from "../../harness/checks/polling/values-on-time.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import down from "../../harness/faults/network/down.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const polled = ["/v5/market/tickers", "/v5/market/kline", "/v5/market/orderbook", "/v5/position/list"];

export default scenario({
  id: "outage-rest-goes-on",
  report: "B",
  title: "The feed is down for a quarter of an hour, and polling goes on beside it",
  roles: ["signals", "trading", "rest-polling"],
  clock: {
    start: "2025-10-22T02:56:00+04:00",
    end: "2025-10-22T03:27:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"], marketStepMs: seconds(5) },

  async play({ client, settled, needs, at, fault }) {
    await client.start();
    const had = await settled("signal", "exchange-rest");
    needs(
      polled.find((path) => had.polls(path)),
      "something that it polls over REST",
    );
    await at("2025-10-22T02:59:30+04:00");
    await fault(down({ endpoint: "signal" }), () => at("2025-10-22T03:14:00+04:00"));
    await at("2025-10-22T03:26:00+04:00");
  },

  expect: [valuesOnTime({ within: minutes(1) }), tradesEveryWave({ missedPerFault: 1 }), ordersOnce()],
  provenBy: { "broken/one-loop-for-all": "values-on-time" },
});
