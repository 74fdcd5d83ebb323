/**
 * Report C, H1, in a minute: what `webhook-timeout` proves of the time that an alert may take, short enough for a real
 * Toxiproxy at the wall's pace. A breaker's five minutes have no room in it.
 */

import { seconds } from "../../core/units.ts";
import { boundsAlertTime } from "../../harness/checks/alerts/bounds-alert-time.ts";
import { deliversWhenBack } from "../../harness/checks/alerts/delivers-when-back.ts";
import { givesUpAlerts } from "../../harness/checks/alerts/gives-up-alerts.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook from "../../harness/faults/server/webhook.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { everySymbolPolled } from "../../harness/moments.ts";

export default scenario({
  id: "webhook-hang",
  report: "C",
  title: "The webhook that alerts go to does not answer for 45 s",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T14:22:50Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"] },

  async play({ client, until, wait, fault }) {
    const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });

    await client.start();
    await until(everySymbolPolled);
    await fault(tickersFail, () => fault(webhook({ action: { do: "hang" } }), () => wait(seconds(45))));
    await wait(seconds(45));
  },

  expect: [
    givesUpAlerts({ within: seconds(10) }),
    boundsAlertTime({ within: seconds(30) }),
    deliversWhenBack({ within: seconds(40), owed: { "tickers fail": /ticker|REST|BTCUSDT|502/i } }),
    staysUp(),
  ],
  provenBy: {
    "broken/thirty-second-retries": "gives-up-alerts",
    "broken/retries-what-was-accepted": "bounds-alert-time",
  },
});
