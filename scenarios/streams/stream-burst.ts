/**
 * Ten times the rate for two minutes, on a client that gets only half of its CPU: "[HANDLER_TIMEOUT] WebSocket message
 * handler timeout". What is too much may be dropped or merged; the heartbeat may not wait behind it, and no stream ends.
 */

import { minutes, seconds } from "../../core/units.ts";
import { answersPings } from "../../harness/checks/streams/answers-pings.ts";
import { boundsBacklog } from "../../harness/checks/process/bounds-backlog.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { pingsOnSchedule } from "../../harness/checks/streams/pings-on-schedule.ts";
import { tradesAgain } from "../../harness/checks/account/trades-again.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import slowCpu from "../../harness/faults/process/slow-cpu.ts";
import stream from "../../harness/faults/server/stream.ts";
import { everySymbolTradedAgain } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const tenfold = stream({ stream: "public", action: { do: "burst", times: 10 } });
/** No fault: how late the client answers shows how late its event loop is. */
const asked = stream({
  ...{ stream: "public", match: { on: "live" } },
  action: { do: "probe", everyMs: seconds(5) },
});

export default scenario({
  id: "stream-burst",
  report: "E",
  title: "Ten times the messages for 2 min, on half the CPU",
  roles: ["market-data", "trading"],
  clock: {
    start: "2025-10-29T07:13:00Z",
    end: "2025-10-29T07:21:30Z",
    timezone: "UTC",
  },
  // Ten times what a step brings: at x30 a client on half its CPU carries that of 600 ms, and not of 100.
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: 600 },

  async play({ client, settled, back, until, wait, fault }) {
    await client.start();
    await settled("exchange-public");
    // A runtime grows to its working size in its first seconds of wall time, and that is no backlog.
    await wait(seconds(135));
    await fault(asked, async () => {
      await fault(slowCpu({ share: 0.5 }), () => fault(tenfold, () => wait(minutes(2))));
      await wait(seconds(31));
      await back({ within: seconds(30) });
    });
    await until(everySymbolTradedAgain, { orAfter: minutes(1) });
  },

  expect: [
    // Bybit asks for one every 20 s; who does so to the letter is a moment late now and then.
    pingsOnSchedule({ every: seconds(25) }),
    answersPings({ within: seconds(10) }),
    undisturbed(),
    boundsBacklog({ growthBytes: 12 * 2 ** 20 }),
    tradesAgain({ within: seconds(30) }),
    oneSubscriptionEach(),
  ],
  provenBy: {
    "broken/handler-blocks-heartbeat": "answers-pings",
    "broken/unbounded-queue": "bounds-backlog",
  },
});
