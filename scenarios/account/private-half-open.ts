/**
 * The private stream goes half-open: both directions stand still for 15 s, 60 s and 150 s while TCP says nothing. An
 * account to which nothing happens is as quiet, so only pings tell the one from the other; whoever sends none, or does
 * not look for their answers, trades on without its fills. First it is seen to ping while all is well.
 */

import { minutes, seconds } from "../../core/units.ts";
import { abandonsDeadPeers } from "../../harness/checks/connections/abandons-dead-peers.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { pingsOnSchedule } from "../../harness/checks/streams/pings-on-schedule.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

const endpoint = "exchange-private";
/** A ping every 20 s, its answer in 10 s, and some margin. */
const noticed = [abandonsDeadPeers({ within: seconds(45), endpoint }), redials({ within: seconds(5), endpoint })];

/** No fault: it shows that somebody is there. */
const asked = stream({ stream: "private", match: { on: "live" }, action: { do: "probe", everyMs: seconds(20) } });

const stalled = (id: string, forMs: number, atHeal: "deliver" | "reset", expect: readonly Check[]): Trial =>
  trial(
    id,
    async ({ settled, back, wait, fault }) => {
      const halfOpen = stream({ stream: "private", match: { on: "live" }, action: { do: "stall", atHeal }, times: 1 });
      await settled(endpoint);
      await fault(halfOpen, () => wait(forMs));
      await back({ within: seconds(60) });
      await wait(seconds(10));
    },
    expect,
  );

export default scenario({
  id: "private-half-open",
  report: "D",
  title: "The private stream goes half-open for 15 s, 60 s and 150 s, and TCP does not say so",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:05:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"], marketStepMs: 1_000 },

  trials: [
    trial(
      "healthy",
      async ({ settled, wait, fault }) => {
        await settled(endpoint);
        await fault(asked, () => wait(minutes(3)));
      },
      // Bybit asks for one every 20 s, and cuts who sends nothing for ten minutes.
      [pingsOnSchedule({ every: seconds(30), endpoint })],
    ),
    stalled("15s", seconds(15), "deliver", []),
    stalled("60s", seconds(60), "reset", noticed),
    stalled("150s", seconds(150), "deliver", noticed),
  ],

  expect: [undisturbed({ endpoint }), oneSubscriptionEach({ endpoint })],
  provenBy: {
    "broken/private-unpinged": { trial: "healthy", check: "pings-on-schedule" },
    "broken/private-unwatched": { trial: "150s", check: "abandons-dead-peers" },
  },
});
