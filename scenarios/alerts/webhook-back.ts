/**
 * The webhook is down for half an hour. Tickers fail and are well again, three times; the signal server goes and stays
 * away. Once the webhook is back, what lasts is reported within a minute of the attempt that finds it so, which a breaker
 * makes at most five minutes later; what is over comes as one summary, not one by one. Report C's fix drops all of it.
 */

import { minutes, seconds } from "../../core/units.ts";
import { deliversWhenBack } from "../../harness/checks/alerts/delivers-when-back.ts";
import { fewAlerts } from "../../harness/checks/alerts/few-alerts.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import down from "../../harness/faults/network/down.ts";
import rest from "../../harness/faults/server/rest.ts";
import webhook from "../../harness/faults/server/webhook.ts";
import { scenario, trial, type Stage } from "../../harness/incident/scenario.ts";

const tickersFail = rest({ match: { path: "/v5/market/tickers" }, action: { do: "status", code: 502 } });
const signalsGone = down({ endpoint: "signal" });
/** The pause of a breaker, and a minute. */
const deliverWithin = minutes(6);

async function flapping({ fault, wait }: Stage): Promise<void> {
  for (let incident = 1; incident <= 3; incident += 1) {
    await fault(tickersFail, () => wait(seconds(45)));
    await wait(minutes(3));
  }
}

export default scenario({
  id: "webhook-back",
  report: "C",
  title: "The webhook is down for 30 min, and back",
  roles: ["rest-polling", "signals", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T15:15:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT"] },

  trials: [
    trial("503", async (stage) => {
      const { settled, fault, wait } = stage;
      await settled("exchange-rest", "signal");
      const unreachable = fault(webhook({ action: { do: "status", code: 503 } }), () => wait(minutes(30)));
      const stillDown = async (): Promise<void> => {
        await flapping(stage);
        await fault(signalsGone, () => wait(minutes(30)));
      };
      await Promise.all([unreachable, stillDown()]);
    }),
  ],

  expect: [
    deliversWhenBack({
      within: deliverWithin,
      owed: { "the signal feed is down": /signal|feed/i, "tickers had failed": /ticker|REST|BTCUSDT|502/i },
    }),
    fewAlerts({ atMost: 2, of: "backlog" }),
    staysUp(),
  ],
  provenBy: {
    "broken/loses-alerts": { trial: "503", check: "delivers-when-back" },
    "broken/delivers-one-by-one": { trial: "503", check: "few-alerts" },
  },
});
