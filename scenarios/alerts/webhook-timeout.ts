/**
 * Report C, H1: "System webhook alert timed out after 30 seconds (attempt 4)", every alert anew. For twenty minutes in which
 * there is an incident every two, the webhook takes requests and never answers; or it answers 500, resets, or its URL names
 * a host that has no address: in the report's fix only a timeout counts. The last incident still lasts when the webhook
 * answers again; a client that was started with a wrong URL forgets with its end what it had to report.
 */

import { minutes, seconds } from "../../core/units.ts";
import { boundsAlertTime } from "../../harness/checks/alerts/bounds-alert-time.ts";
import { boundsAttempts } from "../../harness/checks/alerts/bounds-attempts.ts";
import { deliversWhenBack } from "../../harness/checks/alerts/delivers-when-back.ts";
import { givesUpAlerts } from "../../harness/checks/alerts/gives-up-alerts.ts";
import { reportsItsSilence } from "../../harness/checks/alerts/reports-its-silence.ts";
import { sparesTheWebhook } from "../../harness/checks/alerts/spares-the-webhook.ts";
import { logsBreakerOnce } from "../../harness/checks/log/logs-breaker-once.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import noAddress from "../../harness/faults/process/no-address.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook, { type WebhookFaultOptions } from "../../harness/faults/server/webhook.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Stage } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });
/** The pause of a breaker, and what it takes then. */
const deliverWithin = minutes(6);

/** An incident every two minutes, of which the tenth goes on until everything must have been delivered. */
async function incidents({ fault, wait }: Stage): Promise<void> {
  for (let incident = 1; incident < 10; incident += 1) {
    await fault(tickersFail, () => wait(seconds(45)));
    await wait(seconds(75));
  }
  await fault(tickersFail, () => wait(minutes(2) + deliverWithin + seconds(10)));
}

const owed = { "tickers fail": /ticker|REST|BTCUSDT|502/i };
const bounds = [boundsAttempts(), boundsAlertTime({ within: seconds(30) })];
const said = [reportsItsSilence({ within: deliverWithin }), logsBreakerOnce({ every: minutes(5) })];
const restraint = sparesTheWebhook({ every: minutes(5) });

const fails = (id: string, action: WebhookFaultOptions["action"], expect: readonly Check[] = []) =>
  trial(
    id,
    async (stage) => {
      await stage.settled("exchange-rest");
      await Promise.all([stage.fault(webhook({ action }), () => stage.wait(minutes(20))), incidents(stage)]);
      await stage.wait(minutes(1));
    },
    [restraint, deliversWhenBack({ within: deliverWithin, owed }), ...bounds, ...said, ...expect],
  );

const hasNoAddress = trial(
  "no-address",
  async (stage) => {
    await stage.settled("exchange-rest");
    await stage.fault(noAddress({ endpoint: "webhook" }), async () => {
      await stage.settled("exchange-rest");
      await Promise.all([stage.wait(minutes(20)), incidents(stage)]);
    });
    await stage.settled("exchange-rest");
  },
  [restraint],
);

export default scenario({
  id: "webhook-timeout",
  report: "C",
  title: "The webhook that alerts go to fails for 20 min: no answer, 500, a reset, no address",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T18:00:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"], armReset: ["webhook"] },

  trials: [
    fails("hang", { do: "hang" }, [givesUpAlerts({ within: seconds(10) })]),
    fails("500", { do: "status", code: 500 }),
    fails("reset", { do: "reset" }),
    hasNoAddress,
  ],

  expect: [staysUp()],
  provenBy: {
    "broken/retries-what-was-accepted": { trial: "hang", check: "bounds-attempts" },
    "broken/thirty-second-retries": { trial: "hang", check: "gives-up-alerts" },
    "broken/breaker-from-last-success": { trial: "hang", check: "spares-the-webhook" },
    "broken/hides-its-silence": { trial: "hang", check: "reports-its-silence" },
    "broken/logs-each-skipped-alert": { trial: "hang", check: "logs-breaker-once" },
    "broken/breaker-counts-timeouts-only": { trial: "500", check: "spares-the-webhook" },
  },
});
