/**
 * Report C, H3: "Error fetching market data for BTCUSDT: Session is closed", then ETHUSDT, SOLUSDT: concurrent fetches
 * share a session that another task closes. Here fifteen symbols are fetched while BTCUSDT's candles keep failing, for
 * longer than the five minutes after which a client renews its session for a fresh DNS answer.
 */

import { minutes, seconds } from "../../core/units.ts";
import { attemptsAtMost } from "../../harness/checks/polling/attempts-at-most.ts";
import { othersComplete } from "../../harness/checks/rest/others-complete.ts";
import { valuesOnTime } from "../../harness/checks/polling/values-on-time.ts";
import { waitsBetweenAttempts } from "../../harness/checks/polling/waits-between-attempts.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const failing = "BTCUSDT";

export default scenario({
  id: "rest-session-closed",
  report: "C",
  title: "The session is renewed while 15 symbols are fetched and one of them keeps failing",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T14:21:44Z", end: "2025-07-14T14:27:50Z", timezone: "UTC" },

  async play({ client, settled, needs, wait, fault }) {
    const candlesFail = rest({
      match: { path: "/v5/market/kline", symbol: failing },
      action: { do: "status", code: 502 },
    });
    const othersTakeAWhile = rest({ match: { path: "/v5/market/*" }, action: { do: "delay", ms: 300 } });

    await client.start();
    const { polls } = await settled("exchange-rest");
    needs(polls("/v5/market/kline") || undefined, "polled candles");
    await fault(candlesFail, () => fault(othersTakeAWhile, () => wait(minutes(5))));
  },

  expect: [
    othersComplete({ failing }),
    valuesOnTime({ within: seconds(10), except: failing }),
    attemptsAtMost({ attempts: 3 }),
    waitsBetweenAttempts({ waits: [seconds(1), seconds(2)] }),
  ],
  provenBy: { "broken/shared-session": "others-complete" },
});
