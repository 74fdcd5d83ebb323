/**
 * Every stream is lost, and then it is quiet for a while: long enough for a second dial, which some other part of the
 * client has begun, to have come through, and for a dial that was answered too late to be there. What is left over with
 * each loss adds up to the exchange's limit in a bad night.
 */

import { seconds } from "../../core/units.ts";
import { noSpareConnections } from "../../harness/checks/connections/no-spare-connections.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import reset from "../../harness/faults/network/reset.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Endpoint } from "../../harness/incident/endpoints.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

const closed = stream({ stream: "public", action: { do: "close", code: 1012 } });
const privateClosed = stream({ stream: "private", match: { on: "live" }, action: { do: "close", code: 1012 } });
const heldDial = stream({ stream: "public", match: { on: "upgrade" }, action: { do: "stall-upgrade" }, times: 1 });
/** Longer than anybody should wait for the answer to a dial. */
const heldMs = seconds(20);
/** Less than the minute after which the exchange cuts who has asked for nothing. */
const quietMs = seconds(45);

const lost = (id: string, ends: Fault, endpoint: Endpoint = "exchange-public"): Trial =>
  trial(
    id,
    async ({ settled, back, wait, fault }) => {
      await settled(endpoint);
      await fault(ends, () => back({ within: seconds(30) }));
      await wait(quietMs);
    },
    [oneSubscriptionEach({ endpoint })],
  );

export default scenario({
  id: "stream-left-over",
  report: "E",
  title: "Every stream is lost, once with a dial that is answered 20 s late; then it is quiet",
  roles: ["market-data", "private-stream"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:33:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: 1_000, armReset: ["exchange-public"] },

  trials: [
    lost("closed", closed),
    lost("reset", reset({ endpoint: "exchange-public" })),
    trial(
      "late-dial",
      async ({ settled, back, wait, fault }) => {
        await settled("exchange-public");
        await fault(heldDial, () => fault(closed, () => wait(heldMs)));
        await back({ within: seconds(60) });
        await wait(quietMs);
      },
      [oneSubscriptionEach()],
    ),
    lost("private-closed", privateClosed, "exchange-private"),
  ],

  expect: [noSpareConnections()],
  provenBy: {
    "broken/leaks-connections": { trial: "closed", check: "no-spare-connections" },
    "broken/races-itself": { trial: "closed", check: "one-subscription-each" },
    "broken/keeps-late-dials": { trial: "late-dial", check: "no-spare-connections" },
  },
});
