/**
 * Report A, H1: "Cannot write to closing transport". Keep-alive connections are reset: while they are idle, while a
 * request is written, while a reply is read. Candles are hit, where it asks for them, because a bot that does not try
 * again goes without them until the next poll, and once the same candles are cut twice in a row. Never three times: that
 * is as often as a client may try.
 */

import { seconds } from "../../core/units.ts";
import { attemptsAtMost } from "../../harness/checks/polling/attempts-at-most.ts";
import { valuesOnTime } from "../../harness/checks/polling/values-on-time.ts";
import { waitsBetweenAttempts } from "../../harness/checks/polling/waits-between-attempts.ts";
import rest from "../../harness/faults/server/rest.ts";
import type { RestRule } from "../../mock-exchange/rest/faults/rule.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

const mostWanted = ["kline", "tickers", "orderbook", "recent-trade"].map((data) => `/v5/market/${data}`);

/** What was cut has to be asked for again; what was reset while idle may never have been missed. */
const triedAgain = [
  attemptsAtMost({ attempts: 3 }),
  waitsBetweenAttempts({ waits: [seconds(1), seconds(2), seconds(4)] }),
];

const resets = (
  id: string,
  rule: (path: string) => Omit<RestRule, "ttlMs">,
  expect: readonly Check[] = triedAgain,
): Trial =>
  trial(
    id,
    async ({ settled, back, needs, wait, fault }) => {
      const { polls } = await settled("exchange-rest");
      const path = needs(mostWanted.find(polls), "polled market data");
      // Long enough to know how often it asks.
      await wait(seconds(35));
      await fault(rest(rule(path)), () => wait(seconds(30)));
      await back({ within: seconds(30) });
      await wait(seconds(20));
    },
    expect,
  );

export default scenario({
  id: "rest-reset-on-write",
  report: "A",
  title: "Keep-alive connections are reset idle, mid-request and mid-reply",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T10:00:00Z", end: "2025-07-14T10:10:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], armReset: ["exchange-rest"] },

  trials: [
    resets("idle", () => ({ match: { on: "idle", idleMs: seconds(2) }, action: { do: "reset" }, times: 2 }), []),
    // Once for each, because what is tried again may meet the next fault as well.
    resets("mid-request", (path) => ({
      ...{ match: { path, firstOfEach: 1 }, action: { do: "reset-mid-request" }, times: 3 },
    })),
    resets("mid-reply", (path) => ({ match: { path, firstOfEach: 1 }, action: { do: "reset-mid-reply" }, times: 3 })),
    resets("twice", (path) => ({
      ...{ match: { path, symbol: "ETHUSDT", firstOfEach: 2 }, action: { do: "reset-mid-reply" }, times: 8 },
    })),
  ],

  expect: [valuesOnTime({ within: seconds(10) })],
  provenBy: { "broken/no-retry": { trial: "mid-reply", check: "values-on-time" } },
});
