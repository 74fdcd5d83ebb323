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

  async play({ client, settled, back, needs, wait, fault }) {
    await client.start();
    const { polls } = await settled("exchange-rest");
    const asked = ["open-interest", "recent-trade", "orderbook", "kline"].find((data) => polls(`/v5/market/${data}`));
    needs(asked, "asked for open interest, trades, order books or candles");
    // Four times round for the candles, so that it is known how often it asks.
    await wait(seconds(35));
    const sparse = [noOpenInterest, fewTrades, emptyBooks, noBars, fewBars];
    // All of them at once, as it was; not everybody asks for all of it.
    await sparse.reduceRight(
      (during, one) => () => fault(one, during, { ifMet: true }),
      () => wait(minutes(3)),
    )();
    await back({ within: seconds(30) });
    await wait(seconds(5));
  },

  expect: [decidesOnData(), warnsOnceAMinute(), logsNoError(), recoversPolling({ within: seconds(30) }), staysUp()],
  provenBy: { "broken/chokes-on-sparse-data": "stays-up", "broken/errors-as-empty-data": "decides-on-data" },
});
