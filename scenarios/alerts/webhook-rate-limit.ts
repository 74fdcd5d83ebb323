/**
 * The webhook answers the first alert with 429: wait 0.4 s, or 30 s, on this webhook or everywhere. An incident that begins
 * and ends within the wait is still one that somebody has to hear of.
 */

import { minutes, seconds } from "../../core/units.ts";
import { alertsIncidents } from "../../harness/checks/alerts/alerts-incidents.ts";
import { waitsAsAsked } from "../../harness/checks/alerts/waits-as-asked.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook from "../../harness/faults/server/webhook.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });

const limited = (id: string, retryAfterMs: number, global: boolean) =>
  trial(id, async ({ settled, fault, wait }) => {
    await settled("exchange-rest");
    await fault(webhook({ action: { do: "rate-limit", retryAfterMs, global }, times: 1 }), async () => {
      await fault(tickersFail, () => wait(seconds(20)));
      await wait(minutes(2));
    });
  });

export default scenario({
  id: "webhook-rate-limit",
  report: "C",
  title: "The webhook limits the rate: wait 0.4 s or 30 s, by route and global",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T15:05:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"] },

  trials: [
    limited("route-400ms", 400, false),
    limited("route-30s", seconds(30), false),
    limited("global-400ms", 400, true),
    limited("global-30s", seconds(30), true),
  ],

  expect: [waitsAsAsked(), alertsIncidents({ within: seconds(60) }), staysUp()],
  provenBy: {
    "broken/drops-on-429": { trial: "route-30s", check: "alerts-incidents" },
    "broken/asks-limited-webhook-again": { trial: "route-30s", check: "waits-as-asked" },
  },
});
