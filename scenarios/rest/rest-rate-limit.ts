/**
 * Report A, H2: rate limits trip. 10006 comes in the three ways in which it was seen: with the time of its reset,
 * without one, and with one that is past by the time it arrives.
 */

import { seconds } from "../../core/units.ts";
import { otherEndpointsGoOn } from "../../harness/checks/limits/other-endpoints-go-on.ts";
import { recoversPolling } from "../../harness/checks/polling/recovers-polling.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import { waitsForReset } from "../../harness/checks/limits/waits-for-reset.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

const endpoints = ["tickers", "kline", "orderbook", "recent-trade", "open-interest"].map(
  (data) => `/v5/market/${data}`,
);

/** What it asks for, of these the first, is refused for so long that it is due again. */
const refuses = (id: string, reset: { resetInMs?: number }, of = endpoints): Trial =>
  trial(id, async ({ settled, back, needs, wait, fault }) => {
    const { polls } = await settled("exchange-rest");
    const path = needs(of.find(polls), "polled market data");
    // Four times round, so that it is known how often it asks for everything.
    await wait(seconds(35));
    const tooManyVisits = { retCode: 10006, retMsg: "Too many visits. Exceeded the API Rate Limit.", ...reset };
    await fault(rest({ match: { path }, action: { do: "ret-code", ...tooManyVisits } }), () => wait(seconds(42)));
    await back({ within: seconds(30) });
    await wait(seconds(5));
  });

export default scenario({
  id: "rest-rate-limit",
  report: "A",
  title: "10006 with a reset, without one, and with one that is past",
  roles: ["rest-polling"],
  clock: {
    start: "2025-07-14T14:00:00Z",
    end: "2025-07-14T14:10:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"] },

  trials: [
    refuses("with-reset", { resetInMs: seconds(8) }),
    // As seen live on the candles: no header at all.
    refuses("without-reset", {}, [...endpoints.slice(1), ...endpoints]),
    refuses("past-reset", { resetInMs: -500 }, [...endpoints.slice(2), ...endpoints]),
  ],

  expect: [waitsForReset(), otherEndpointsGoOn(), recoversPolling({ within: seconds(30) }), staysUp()],
  provenBy: { "broken/retries-at-once": { trial: "with-reset", check: "waits-for-reset" } },
});
