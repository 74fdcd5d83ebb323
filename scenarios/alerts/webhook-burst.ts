/**
 * Ten times the messages for two minutes, and something to report, while the webhook hangs or drips: a heartbeat that waits
 * for an alert is late, and the exchange ends the stream.
 */

import { minutes, seconds } from "../../core/units.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import { answersPings } from "../../harness/checks/streams/answers-pings.ts";
import { pingsOnSchedule } from "../../harness/checks/streams/pings-on-schedule.ts";
import rest from "../../harness/faults/server/rest.ts";
import stream from "../../harness/faults/server/stream.ts";
import webhook, { type WebhookFaultOptions } from "../../harness/faults/server/webhook.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });
const tenfold = stream({ stream: "public", action: { do: "burst", times: 10 } });
/** No fault: how late the client answers shows how late its event loop is. */
const asked = stream({
  ...{ stream: "public", match: { on: "live" } },
  action: { do: "probe", everyMs: seconds(5) },
});

const inABurst = (id: string, action: WebhookFaultOptions["action"]) =>
  trial(id, async ({ settled, fault, wait }) => {
    await settled("exchange-public");
    await fault(asked, async () => {
      await fault(webhook({ action }), () => fault(tickersFail, () => fault(tenfold, () => wait(minutes(2)))));
      await wait(seconds(31));
    });
  });

export default scenario({
  id: "webhook-burst",
  report: "C",
  title: "The webhook hangs, or drips, in a burst of market data",
  roles: ["market-data", "rest-polling", "alerts"],
  clock: { start: "2025-10-29T07:13:00Z", end: "2025-10-29T07:30:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], marketStepMs: 600 },

  trials: [inABurst("hang", { do: "hang" }), inABurst("drip", { do: "drip", bytesPerSecond: 10 })],

  // Bybit asks for a ping every 20 s; an event loop that an alert blocks is late by the alert's whole timeout.
  expect: [answersPings({ within: seconds(1) }), pingsOnSchedule({ every: seconds(20) }), staysUp()],
  provenBy: { "broken/posts-alerts-blocking": { trial: "hang", check: "answers-pings" } },
});
