/**
 * Report B, T3: the network between bot and signal server is interrupted: packets are dropped for ten minutes (iptables), or
 * the connection is reset in mid-feed (tcpkill). A link on which nothing comes is left, and trading resumes with the next wave.
 */

import { minutes, seconds } from "../../core/units.ts";
import { leavesDeadLinks } from "../../harness/checks/connections/leaves-dead-links.ts";
import { reconnects } from "../../harness/checks/connections/reconnects.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import reset from "../../harness/faults/network/reset.ts";
import stall from "../../harness/faults/network/stall.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";
import { nextWaveTraded } from "../../harness/moments.ts";

export default scenario({
  id: "signal-network-cut",
  report: "B",
  title: "The link to the signal server: packets dropped for ten minutes, or reset in mid-feed",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T05:00:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { armReset: ["signal"] },

  trials: [
    trial(
      "dropped",
      async ({ settled, back, fault, until, wait }) => {
        await settled("signal");
        await fault(stall({ endpoint: "signal" }), () => wait(minutes(10)));
        // A dial of its own may have hung, and then its backoff is on.
        await back({ within: seconds(60) });
        await until(nextWaveTraded, { orAfter: minutes(31) });
        await wait(minutes(6));
      },
      [leavesDeadLinks({ within: seconds(40), endpoint: "signal" })],
    ),
    trial(
      "reset",
      async ({ settled, back, fault, until, wait }) => {
        await settled("signal");
        await fault(reset({ endpoint: "signal" }), () => back({ within: seconds(30) }));
        await until(nextWaveTraded, { orAfter: minutes(31) });
        await wait(minutes(6));
      },
      [reconnects({ within: seconds(30) })],
    ),
  ],

  expect: [tradesEveryWave({ missedPerFault: 1 }), ordersOnce()],
  provenBy: { "broken/trusts-tcp": { trial: "dropped", check: "leaves-dead-links" } },
});
