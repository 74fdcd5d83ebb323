/**
 * Report E, H4: sparse data all day, and all of it legal. No open interest, 100 of 1000 trades, a book of 0x0, 100 of
 * 1440 bars, and one symbol that has no bars at all.
 */

import { minutes, seconds } from "../../core/units.ts";
import { decidesOnData } from "../../harness/checks/polling/decides-on-data.ts";
import { logsNoError } from "../../harness/checks/log/logs-no-error.ts";
import { recoversPolling } from "../../harness/checks/polling/recovers-polling.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import { warnsOnceAMinute } from "../../harness/checks/log/warns-once-a-minute.ts";
import rest from "../../harness/faults/server/rest.ts";
import { everySymbolPolled } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const noOpenInterest = rest({ match: { path: "/v5/market/open-interest" }, action: { do: "empty-list" } });
const fewTrades = rest({ match: { path: "/v5/market/recent-trade" }, action: { do: "keep-first", entries: 100 } });
const emptyBooks = rest({ match: { path: "/v5/market/orderbook" }, action: { do: "empty-book" } });
const noBars = rest({ match: { path: "/v5/market/kline", symbol: "XRPUSDT" }, action: { do: "empty-list" } });
const fewBars = rest({ match: { path: "/v5/market/kline" }, action: { do: "keep-first", entries: 100 } });

export default scenario({
  id: "rest-sparse-data",
  report: "E",
  title: "No open interest, 100 of 1000 trades, a book of 0x0, 100 of 1440 bars",
  roles: ["rest-polling"],
  clock: {
    start: "2025-10-29T02:00:00Z",
    end: "2025-10-29T02:06:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(everySymbolPolled);
    // Four times round for the candles, so that it is known how often it asks.
    await wait(seconds(65));
    const sparse = [noOpenInterest, fewTrades, emptyBooks, noBars, fewBars];
    // All of them at once, as it was.
    await sparse.reduceRight(
      (during, one) => () => fault(one, during),
      () => wait(minutes(3)),
    )();
    await wait(seconds(35));
  },

  expect: [decidesOnData(), warnsOnceAMinute(), logsNoError(), recoversPolling({ within: seconds(30) }), staysUp()],
  provenBy: { "broken/chokes-on-sparse-data": "stays-up", "broken/errors-as-empty-data": "decides-on-data" },
});
