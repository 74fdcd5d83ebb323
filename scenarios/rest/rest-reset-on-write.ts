/**
 * Report A, H1: "Cannot write to closing transport". Keep-alive connections are reset twenty times: while they are idle,
 * while a request is written, while a reply is read. Candles are hit most, because a bot that does not try again goes
 * without them until the next poll, and once the same candles are cut twice in a row. Never three times: that is as often
 * as a client may try.
 */

import { seconds } from "../../core/units.ts";
import { attemptsAtMost } from "../../harness/checks/polling/attempts-at-most.ts";
import { valuesOnTime } from "../../harness/checks/polling/values-on-time.ts";
import { waitsBetweenAttempts } from "../../harness/checks/polling/waits-between-attempts.ts";
import rest from "../../harness/faults/server/rest.ts";
import { everySymbolPolled } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const candles = "/v5/market/kline";
const idle = rest({ match: { on: "idle", idleMs: seconds(2) }, action: { do: "reset" }, times: 2 });
// Once for each, because what is tried again may meet the next fault as well.
const eachOnce = { path: candles, firstOfEach: 1 };
const midRequest = rest({ match: eachOnce, action: { do: "reset-mid-request" }, times: 2 });
const midReply = rest({ match: eachOnce, action: { do: "reset-mid-reply" }, times: 2 });
const twiceEach = rest({
  match: { path: candles, symbol: "ETHUSDT", firstOfEach: 2 },
  action: { do: "reset-mid-reply" },
  times: 8,
});

export default scenario({
  id: "rest-reset-on-write",
  report: "A",
  title: "Keep-alive connections are reset idle, mid-request and mid-reply, twenty times",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T10:00:00Z", end: "2025-07-14T10:04:50Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], armReset: ["exchange-rest"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(everySymbolPolled);
    await wait(seconds(65));
    for (const reset of [idle, midRequest, midReply, idle, midRequest, midReply]) {
      await fault(reset, () => wait(seconds(20)));
    }
    await wait(seconds(10));
    // Four timeframes, each cut in the first attempt and in the second.
    await fault(twiceEach, () => wait(seconds(22)));
    await wait(seconds(35));
  },

  expect: [
    valuesOnTime({ within: seconds(10) }),
    attemptsAtMost({ attempts: 3 }),
    waitsBetweenAttempts({ waits: [seconds(1), seconds(2), seconds(4)] }),
  ],
  provenBy: { "broken/no-retry": "values-on-time" },
});
