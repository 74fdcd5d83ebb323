/**
 * The webhook takes a message at once and answers after 12 s, longer than a client waits; or resets when it has taken it.
 * Who takes silence for "not delivered" and tries as often as report C does has each alert in the channel four times.
 */

import { minutes, seconds } from "../../core/units.ts";
import { sendsAtMostTwice } from "../../harness/checks/alerts/sends-at-most-twice.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook, { type WebhookFaultOptions } from "../../harness/faults/server/webhook.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });

const slow = (id: string, action: WebhookFaultOptions["action"]) =>
  trial(id, async ({ settled, fault, wait }) => {
    await settled("exchange-rest");
    await fault(webhook({ action }), () => fault(tickersFail, () => wait(minutes(4))));
    // The pause of a breaker is over by then.
    await wait(minutes(6));
  });

export default scenario({
  id: "webhook-slow",
  report: "C",
  title: "The webhook takes alerts and answers after 12 s, or resets",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T15:05:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"], armReset: ["webhook"] },

  trials: [
    slow("answered-late", { do: "delay", ms: seconds(12), takenFirst: true }),
    slow("reset-after", { do: "reset", takenFirst: true }),
  ],

  expect: [sendsAtMostTwice(), staysUp()],
  provenBy: { "broken/retries-what-was-accepted": { trial: "answered-late", check: "sends-at-most-twice" } },
});
