/**
 * Report C, H2: what an alert is about is too large for a message, and Discord refuses it for ever. Here the exchange's own
 * words are: 10,000 characters that are not ASCII, alone and as those of every poll of a hundred symbols. Whole order
 * books are the client's own to put in or not; the reference's limits on lists and fields are its unit tests.
 */

import { minutes, seconds } from "../../core/units.ts";
import { alertsIncidents } from "../../harness/checks/alerts/alerts-incidents.ts";
import { cutsAlertsToFit } from "../../harness/checks/alerts/cuts-alerts-to-fit.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

const of = "深";
const whole = 10_000;

const refused = (id: string, path: string) =>
  trial(id, async ({ settled, fault, wait }) => {
    await settled("exchange-rest");
    const refusal = rest({ match: { path }, action: { do: "ret-code", retCode: 10016, retMsg: of.repeat(whole) } });
    await fault(refusal, () => wait(minutes(2)));
    await wait(minutes(2));
  });

export default scenario({
  id: "webhook-oversize",
  report: "C",
  title: "What failed says so in 10,000 characters",
  roles: ["rest-polling", "alerts"],
  clock: { start: "2025-07-23T14:20:26Z", end: "2025-07-23T14:45:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  trials: [refused("tickers", "/v5/market/tickers"), refused("everything", "/v5/market/*")],

  expect: [cutsAlertsToFit({ of, whole }), alertsIncidents({ within: seconds(60) }), staysUp()],
  provenBy: { "broken/sends-everything": { trial: "tickers", check: "cuts-alerts-to-fit" } },
});
