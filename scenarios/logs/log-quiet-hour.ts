/**
 * Report E: hundreds of warnings an hour while nothing was wrong, of data that was poor all day and legal. In an hour in
 * which nothing breaks a log has at most a hundred lines, and says once what the data lacks.
 */

import { hours, minutes } from "../../core/units.ts";
import { quietLog } from "../../harness/checks/log/quiet-log.ts";
import { warnsOnceAnHour } from "../../harness/checks/log/warns-once-an-hour.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const noOpenInterest = rest({ match: { path: "/v5/market/open-interest" }, action: { do: "empty-list" } });
const emptyBooks = rest({ match: { path: "/v5/market/orderbook" }, action: { do: "empty-book" } });
const fewBars = rest({ match: { path: "/v5/market/kline" }, action: { do: "keep-first", entries: 5 } });

export default scenario({
  id: "log-quiet-hour",
  report: "E",
  title: "An hour in which nothing breaks, with sparse data: what is in the log",
  roles: ["rest-polling"],
  clock: { start: "2025-10-29T02:00:00Z", end: "2025-10-29T03:10:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"] },

  async play({ client, settled, fault, wait }) {
    await client.start();
    await settled("exchange-rest");
    const poor = [noOpenInterest, emptyBooks, fewBars];
    await poor.reduceRight(
      (during, one) => () => fault(one, during, { ifMet: true }),
      () => wait(hours(1) + minutes(2)),
    )();
  },

  expect: [quietLog({ atMost: 100 }), warnsOnceAnHour(), staysUp()],
  provenBy: { "broken/warns-each-minute": "warns-once-an-hour" },
});
