/**
 * One outage of the market data, seen by ten connections with two kinds of topics each: it is one incident, and whoever is
 * woken by it needs to hear of it once, at once.
 */

import { minutes, seconds } from "../../core/units.ts";
import { alertsIncidents } from "../../harness/checks/alerts/alerts-incidents.ts";
import { fewAlerts } from "../../harness/checks/alerts/few-alerts.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import down from "../../harness/faults/network/down.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "webhook-storm",
  report: "C",
  title: "One outage, seen by ten connections and all their handlers",
  roles: ["market-data", "alerts"],
  clock: { start: "2025-10-29T08:28:00Z", end: "2025-10-29T08:40:00Z", timezone: "UTC" },
  testbed: {
    symbols: [
      ...["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"],
      ...["ADAUSDT", "AVAXUSDT", "LINKUSDT", "LTCUSDT", "DOTUSDT"],
    ],
    marketStepMs: 1_000,
  },

  trials: [
    trial("down", async ({ settled, back, fault, wait }) => {
      await settled("exchange-public");
      await fault(down({ endpoint: "exchange-public" }), () => wait(minutes(2)));
      await back({ within: minutes(1) });
      await wait(minutes(1));
    }),
  ],

  expect: [alertsIncidents({ within: seconds(10) }), fewAlerts({ atMost: 3, of: "incident" }), staysUp()],
  provenBy: { "broken/alert-per-handler": { trial: "down", check: "few-alerts" } },
});
