/**
 * Report C, as its fix had it: only a timeout counts, so a webhook that resets is asked for ever. What `webhook-timeout/reset`
 * proves of the restraint, short enough for a real Toxiproxy at the wall's pace; the delivery after a breaker's five minutes
 * has no room in it.
 */

import { minutes, seconds } from "../../core/units.ts";
import { boundsAlertTime } from "../../harness/checks/alerts/bounds-alert-time.ts";
import { boundsAttempts } from "../../harness/checks/alerts/bounds-attempts.ts";
import { sparesTheWebhook } from "../../harness/checks/alerts/spares-the-webhook.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook from "../../harness/faults/server/webhook.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { everySymbolPolled } from "../../harness/moments.ts";

export default scenario({
  id: "webhook-reset",
  report: "C",
  title: "The webhook that alerts go to resets every request for 100 s",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T14:22:50Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"], armReset: ["webhook"] },

  async play({ client, until, wait, fault }) {
    const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });

    await client.start();
    await until(everySymbolPolled);
    await fault(tickersFail, () => fault(webhook({ action: { do: "reset" } }), () => wait(seconds(100))));
    await wait(seconds(10));
  },

  expect: [
    sparesTheWebhook({ every: minutes(5) }),
    boundsAttempts(),
    boundsAlertTime({ within: seconds(30) }),
    staysUp(),
  ],
  provenBy: { "broken/breaker-counts-timeouts-only": "spares-the-webhook" },
});
