/** An incident ends: who was woken by it has to be shown that it is over, and how long it took. */

import { minutes, seconds } from "../../core/units.ts";
import { alertsRecovery } from "../../harness/checks/alerts/alerts-recovery.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { everySymbolPolled } from "../../harness/moments.ts";

export default scenario({
  id: "alert-on-recovery",
  report: "C",
  title: "Tickers fail for two minutes and are back: an alert says so",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T14:26:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"] },

  async play({ client, until, wait, fault }) {
    const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });

    await client.start();
    await until(everySymbolPolled);
    await wait(seconds(30));
    await fault(tickersFail, () => wait(minutes(2)));
    await wait(minutes(2));
  },

  expect: [alertsRecovery({ within: seconds(60) }), staysUp()],
  provenBy: { "broken/never-says-over": "alerts-recovery" },
});
