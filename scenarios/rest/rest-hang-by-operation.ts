/**
 * Report A, F2: each kind of operation hangs in turn, and each has a time of its own after which it is given up: ticker
 * 10 s, order book 15 s, trades 20 s, candles 30 s. It is not tried again at once.
 */

import { seconds } from "../../core/units.ts";
import { abandonsOnTime } from "../../harness/checks/rest/abandons-on-time.ts";
import { waitsBetweenAttempts } from "../../harness/checks/polling/waits-between-attempts.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

/** For so long, and then until what was asked last is given up or answered. */
const hangs = (id: string, givenUpAfter: number, lastsMs = seconds(25)): Trial => {
  const path = `/v5/market/${id}`;
  return trial(
    id,
    async ({ settled, back, needs, wait, fault }) => {
      const { polls } = await settled("exchange-rest");
      needs(polls(path) || undefined, `polled ${path}`);
      await fault(rest({ match: { path }, action: { do: "hang" } }), () => wait(lastsMs));
      await wait(givenUpAfter + seconds(5));
      await back({ within: seconds(45) });
    },
    [abandonsOnTime({ after: { [path]: givenUpAfter }, tolerance: 0.1 })],
  );
};

export default scenario({
  id: "rest-hang-by-operation",
  report: "A",
  title: "Tickers, order books, trades or candles hang",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T12:00:00Z", end: "2025-07-14T12:10:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  trials: [
    hangs("tickers", seconds(10)),
    hangs("orderbook", seconds(15)),
    // Whole trades are much, and may be asked for once a minute only.
    hangs("recent-trade", seconds(20), seconds(62)),
    hangs("kline", seconds(30)),
  ],

  expect: [waitsBetweenAttempts({ waits: [seconds(1), seconds(2), seconds(4)] })],
  provenBy: { "broken/no-timeout": { trial: "tickers", check: "abandons-on-time" } },
});
