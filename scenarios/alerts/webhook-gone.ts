/**
 * Somebody deletes the webhook (404, Unknown Webhook) or revokes its token (401), for good. Nothing will ever be taken
 * again, so asking on is noise; the log says so once, and the bot goes on with its work.
 */

import { minutes, seconds } from "../../core/units.ts";
import { saysGoneOnce } from "../../harness/checks/alerts/says-gone-once.ts";
import { stopsAsking } from "../../harness/checks/alerts/stops-asking.ts";
import { recoversPolling } from "../../harness/checks/polling/recovers-polling.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook from "../../harness/faults/server/webhook.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });

export default scenario({
  id: "webhook-gone",
  report: "C",
  title: "The webhook was deleted, or its token revoked",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T14:55:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"] },

  trials: (["deleted", "revoked"] as const).map((why) =>
    trial(why, async ({ client, settled, wait, fault }) => {
      await settled("exchange-rest");
      await fault(webhook({ action: { do: "gone", why } }), async () => {
        for (let incident = 1; incident <= 4; incident += 1) {
          await fault(tickersFail, () => wait(seconds(45)));
          await wait(seconds(75));
        }
      });
      await wait(minutes(1));
      // Who rightly never asks again has no alert path left for the next trial.
      await client.stop();
    }),
  ),

  expect: [stopsAsking(), saysGoneOnce(), recoversPolling({ within: seconds(30) }), staysUp()],
  provenBy: {
    "broken/retries-for-ever": { trial: "deleted", check: "stops-asking" },
    "broken/repeats-that-it-is-gone": { trial: "revoked", check: "says-gone-once" },
  },
});
