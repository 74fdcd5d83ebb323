/**
 * Report C: an alert that is waited for takes up to two minutes. Here the webhook hangs, or drips its answers, while waves
 * come in and something is always wrong that wants to be reported: no order may be later for it than without the fault, in
 * the same run.
 */

import { minutes, seconds } from "../../core/units.ts";
import { tradesAsFast } from "../../harness/checks/alerts/trades-as-fast.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook, { type WebhookFaultOptions } from "../../harness/faults/server/webhook.ts";
import { scenario, trial, type Stage } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });
const waves = minutes(30);

/** Something to report every two minutes, before, during and after a wave check. */
async function incidents({ fault, wait }: Stage): Promise<void> {
  for (let passed = 0; passed < waves; passed += minutes(2)) {
    await fault(tickersFail, () => wait(seconds(45)), { ifMet: true });
    await wait(seconds(75));
  }
}

const blind = (id: string, action: WebhookFaultOptions["action"]) =>
  trial(id, async (stage) => {
    await stage.settled("signal");
    await incidents(stage);
    await stage.fault(webhook({ action }), () => incidents(stage));
    await stage.wait(minutes(1));
  });

export default scenario({
  id: "webhook-no-blast-radius",
  report: "C",
  title: "The webhook hangs, or drips, while waves are traded",
  roles: ["signals", "trading", "rest-polling", "alerts"],
  clock: { start: "2025-10-21T23:03:00Z", end: "2025-10-22T02:00:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: seconds(5) },

  trials: [blind("hang", { do: "hang" }), blind("drip", { do: "drip", bytesPerSecond: 10 })],

  expect: [tradesAsFast(), tradesEveryWave({ missedPerFault: 0 }), staysUp()],
  provenBy: { "broken/awaits-webhook": { trial: "hang", check: "trades-as-fast" } },
});
