/**
 * Report A, H3: a congested network, and a bot that gives every operation five seconds. Tickers take 6 to 8 s for five
 * minutes: slow, and good.
 */

import { minutes, seconds } from "../../core/units.ts";
import { dataAge } from "../../harness/checks/polling/data-age.ts";
import { notAbandonedEarly } from "../../harness/checks/rest/not-abandoned-early.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const tickers = "/v5/market/tickers";

export default scenario({
  id: "rest-slow-tickers",
  report: "A",
  title: "Tickers take 6 to 8 seconds for five minutes",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T11:00:00Z", end: "2025-07-14T11:06:20Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"] },

  async play({ client, settled, needs, wait, fault }) {
    await client.start();
    const { polls } = await settled("exchange-rest");
    needs(polls(tickers) || undefined, "polled tickers");
    await fault(rest({ match: { path: tickers }, action: { do: "delay", ms: 6_000, jitterMs: 2_000 } }), () =>
      wait(minutes(5)),
    );
    await wait(seconds(20));
  },

  expect: [notAbandonedEarly({ path: tickers, before: seconds(10) }), dataAge({ path: tickers, atMost: seconds(20) })],
  provenBy: { "broken/five-second-timeout": "not-abandoned-early" },
});
