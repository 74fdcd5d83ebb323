/**
 * Half-open links: both directions stand still for 15 s, 60 s and 150 s while TCP says nothing. The short stall and the
 * long one go on where they were; the link of the one in between is gone by then, and whoever still waits on it gets a
 * reset. The exchange itself stands still, so every proxy can.
 */

import { seconds } from "../../core/units.ts";
import { abandonsDeadPeers } from "../../harness/checks/connections/abandons-dead-peers.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

/** A ping every 20 s, its answer in 10 s, and some margin. */
const noticed = [abandonsDeadPeers({ within: seconds(45) }), redials({ within: seconds(6) })];

/** One of its connections, whichever. */
const stalled = (id: string, forMs: number, atHeal: "deliver" | "reset", expect: readonly Check[]): Trial =>
  trial(
    id,
    async ({ settled, back, wait, fault }) => {
      const halfOpen = stream({ stream: "public", match: { on: "live" }, action: { do: "stall", atHeal }, times: 1 });
      await settled("exchange-public");
      await fault(halfOpen, () => wait(forMs));
      await back({ within: seconds(60) });
      await wait(seconds(10));
    },
    expect,
  );

export default scenario({
  id: "stream-half-open",
  report: "E",
  title: "Streams go half-open: nothing comes or goes for 15 s, 60 s and 150 s, and TCP does not say so",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:33:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: 1_000 },

  trials: [
    stalled("15s", seconds(15), "deliver", []),
    stalled("60s", seconds(60), "reset", noticed),
    stalled("150s", seconds(150), "deliver", noticed),
  ],

  expect: [undisturbed(), oneSubscriptionEach()],
  provenBy: { "broken/trusts-tcp": { trial: "150s", check: "abandons-dead-peers" } },
});
