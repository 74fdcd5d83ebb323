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
import { everySymbolPolled } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const tooManyVisits = {
  do: "ret-code",
  retCode: 10006,
  retMsg: "Too many visits. Exceeded the API Rate Limit.",
} as const;

export default scenario({
  id: "rest-rate-limit",
  report: "A",
  title: "10006 with a reset, without one, and with one that is past",
  roles: ["rest-polling"],
  clock: {
    start: "2025-07-14T14:00:00Z",
    end: "2025-07-14T14:03:10Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(everySymbolPolled);
    // Four times round for tickers and order books, so that it is known how often it asks.
    await wait(seconds(32));

    // Each long enough for its endpoint to be due, and after the refusal for the others to be due twice.
    const tickers = { path: "/v5/market/tickers" };
    await fault(rest({ match: tickers, action: { ...tooManyVisits, resetInMs: seconds(8) } }), () => wait(seconds(30)));
    // As seen live on the candles: no header at all.
    await fault(rest({ match: { path: "/v5/market/kline" }, action: tooManyVisits }), () => wait(seconds(42)));
    const books = { path: "/v5/market/orderbook" };
    await fault(rest({ match: books, action: { ...tooManyVisits, resetInMs: -500 } }), () => wait(seconds(30)));
    await wait(seconds(30));
  },

  expect: [waitsForReset(), otherEndpointsGoOn(), recoversPolling({ within: seconds(30) }), staysUp()],
  provenBy: { "broken/retries-at-once": "waits-for-reset" },
});
