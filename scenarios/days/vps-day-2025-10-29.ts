/**
 * Report E on its real times, 02:00 to 14:00 UTC: connections that are lost by ones and twos, a REST probe that does not
 * answer, and at 08:28 both at once, after which conn_8 and conn_9 were never dialled again. The host was healthy all day.
 *
 * Replayed are the events of 07:13:58, 07:14:20, 07:21:28, 07:35:33, 08:07:51 and 08:28:10 to 08:28:44. What the bot
 * called a handler's timeout the exchange sees as a stream that ends with 1011; which of the ten it is cannot be chosen
 * from outside, only how many at once. Not replayed here: the timeout of 08:34:35 over fifteen symbols, whose polling
 * would be thousands of requests a second of ours (`rest-parallel-15` has it, with all fifteen, at a speed that can be
 * carried), sparse data and repeated warnings (`rest-sparse-data`; a minute is 100 ms here), and the other services of
 * that host. That the client is healthy all day is seen by its answers to the exchange's pings, from when its streams
 * stand, minutes after 02:00, to 14:00.
 *
 * The market moves every 20 s, which no bot takes for silence: twelve hours of 50 topics are 100,000 frames. At this
 * speed the client's 9 s for an answer are 15 ms of ours, so targets are coarse and a late machine costs a reconnect now
 * and then, and no other run may be beside it.
 */

import { minutes, seconds } from "../../core/units.ts";
import { answersPings } from "../../harness/checks/streams/answers-pings.ts";
import { comesBack } from "../../harness/checks/streams/comes-back.ts";
import { memoryFlat } from "../../harness/checks/process/memory-flat.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const handlerTimeout = (connections: number) =>
  stream({ stream: "public", action: { do: "close", code: 1011 }, times: connections });
const noData = (connections: number) =>
  stream({ stream: "public", match: { on: "live" }, action: { do: "stall" }, times: connections });
const probeHangs = rest({ match: { path: "/v5/market/time" }, action: { do: "hang" } });
/** No fault: the exchange asks each connection whether it is there. */
const asked = stream({
  ...{ stream: "public", match: { on: "live", new: true } },
  action: { do: "probe", everyMs: minutes(5) },
});

export default scenario({
  id: "vps-day-2025-10-29",
  report: "E",
  title: "The twelve hours of 29 October: lost by twos, a probe that hangs, and two that never came back",
  roles: ["market-data", "alerts"],
  clock: {
    start: "2025-10-29T02:00:00Z",
    end: "2025-10-29T14:00:00Z",
    timezone: "UTC",
  },
  testbed: {
    symbols: "BTCUSDT ETHUSDT SOLUSDT XRPUSDT DOGEUSDT ADAUSDT AVAXUSDT LINKUSDT DOTUSDT LTCUSDT".split(" "),
    marketStepMs: seconds(20),
  },

  original: [
    { at: "2025-10-29T07:13:58Z", what: "[HANDLER_TIMEOUT] conn_6 and conn_8" },
    { at: "2025-10-29T07:14:20Z", what: "the connectivity validation fails" },
    { at: "2025-10-29T07:21:28Z", what: "conn_9: handler timeout" },
    { at: "2025-10-29T07:35:33Z", what: "conn_9: handler timeout" },
    { at: "2025-10-29T08:07:51Z", what: "several connectivity failures at once" },
    { at: "2025-10-29T08:28:10Z", what: "conn_8 and conn_9 time out" },
    { at: "2025-10-29T08:28:26Z", what: "the connectivity validation fails" },
    { at: "2025-10-29T08:28:44Z", what: "Failed to reconnect conn_9, conn_8" },
    { at: "2025-10-29T08:34:35Z", what: "Timeout after 12s while fetching 15 symbols in parallel" },
  ],

  async play({ client, settled, at, wait, fault }) {
    await fault(asked, async () => {
      await client.start();
      await settled("exchange-public");

      // 07:13:58 [HANDLER_TIMEOUT] conn_6 and conn_8; 07:14:20 the connectivity validation fails.
      await at("2025-10-29T07:13:58Z");
      // Seconds are a few hundredths of ours: whoever is late by one goes on from where he is.
      await fault(handlerTimeout(2), () => wait(seconds(22)));
      // Who has no such probe is not kept from anything by it.
      await fault(probeHangs, () => at("2025-10-29T07:20:00Z"), { ifMet: true });
      // 07:21:28 and 07:35:33: conn_9.
      await at("2025-10-29T07:21:28Z");
      await fault(handlerTimeout(1), () => at("2025-10-29T07:22:00Z"));
      await at("2025-10-29T07:35:33Z");
      await fault(handlerTimeout(1), () => at("2025-10-29T07:36:00Z"));
      // 08:07:51: several connectivity failures at once.
      await at("2025-10-29T08:07:51Z");
      await fault(probeHangs, () => fault(handlerTimeout(3), () => at("2025-10-29T08:13:00Z")), {
        ifMet: true,
      });
      // 08:28:10 conn_8 and conn_9 bring nothing; 08:28:26 the probe fails; 08:28:44 "Failed to reconnect".
      await at("2025-10-29T08:28:10Z");
      await fault(noData(2), async () => {
        await wait(seconds(16));
        await fault(probeHangs, () => at("2025-10-29T08:34:00Z"), { ifMet: true });
      });
      await at("2025-10-29T14:00:00Z");
    });
  },

  expect: [
    oneSubscriptionEach(),
    comesBack({ within: minutes(3) }),
    answersPings({ within: minutes(2) }),
    staysUp(),
    memoryFlat({ growthBytes: 64 * 2 ** 20 }),
  ],
  provenBy: { "broken/report-e-client": "one-subscription-each" },
});
