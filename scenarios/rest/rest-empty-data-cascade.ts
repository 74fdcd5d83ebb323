/**
 * Report A, H5: "Empty htf timeframe DataFrame". Errors became `{ retCode: -1 }`, that became empty candles, and the
 * indicators were computed on them. One after the other, everything that an exchange under stress says instead of
 * candles.
 */

import { seconds } from "../../core/units.ts";
import { decidesOnData } from "../../harness/checks/polling/decides-on-data.ts";
import { recoversPolling } from "../../harness/checks/polling/recovers-polling.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const instead = [
  { do: "ret-code", retCode: 10016, retMsg: "Server error." },
  { do: "html" },
  { do: "truncate", bytes: 90 },
  { do: "empty-list" },
  { do: "status", code: 502 },
  { do: "status", code: 503 },
] as const;

export default scenario({
  id: "rest-empty-data-cascade",
  report: "A",
  title: "Errors, pages, half a body and empty lists instead of candles",
  roles: ["rest-polling"],
  clock: {
    start: "2025-07-14T14:00:00Z",
    end: "2025-07-14T14:07:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"] },

  async play({ client, settled, back, needs, wait, fault }) {
    await client.start();
    const { polls } = await settled("exchange-rest");
    needs(polls("/v5/market/kline") || undefined, "polled candles");
    // Four times round for the candles, so that it is known how often it asks.
    await wait(seconds(35));
    for (const action of instead) {
      // Long enough for candles to be due in it.
      await fault(rest({ match: { path: "/v5/market/*" }, action }), () => wait(seconds(30)));
    }
    await back({ within: seconds(30) });
    await wait(seconds(5));
  },

  expect: [decidesOnData(), recoversPolling({ within: seconds(30) }), staysUp()],
  provenBy: { "broken/errors-as-empty-data": "decides-on-data" },
});
