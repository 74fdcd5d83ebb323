/**
 * Report A, F2: each kind of operation hangs in turn, and each has a time of its own after which it is given up: ticker
 * 10 s, order book 15 s, trades 20 s, candles 30 s. It is not tried again at once.
 */

import { seconds } from "../../core/units.ts";
import { abandonsOnTime } from "../../harness/checks/rest/abandons-on-time.ts";
import { waitsBetweenAttempts } from "../../harness/checks/polling/waits-between-attempts.ts";
import rest from "../../harness/faults/server/rest.ts";
import { everySymbolPolled } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const hangs = (path: string) => rest({ match: { path }, action: { do: "hang" } });

export default scenario({
  id: "rest-hang-by-operation",
  report: "A",
  title: "Tickers, order books, trades and candles hang in turn",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T12:00:00Z", end: "2025-07-14T12:03:50Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(everySymbolPolled);
    await wait(seconds(20));
    await fault(hangs("/v5/market/tickers"), () => wait(seconds(20)));
    await fault(hangs("/v5/market/orderbook"), () => wait(seconds(25)));
    // Whole trades are much, and may be asked for once a minute only.
    await fault(hangs("/v5/market/recent-trade"), () => wait(seconds(62)));
    await fault(hangs("/v5/market/kline"), () => wait(seconds(25)));
    await wait(seconds(45));
  },

  expect: [
    abandonsOnTime({
      after: {
        "/v5/market/tickers": seconds(10),
        "/v5/market/orderbook": seconds(15),
        "/v5/market/recent-trade": seconds(20),
        "/v5/market/kline": seconds(30),
      },
      tolerance: 0.1,
    }),
    waitsBetweenAttempts({ waits: [seconds(1), seconds(2), seconds(4)] }),
  ],
  provenBy: { "broken/no-timeout": "abandons-on-time" },
});
