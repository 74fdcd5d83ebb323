/**
 * A hypothesis of report B: the session has to be authenticated again after ten minutes. The server closes with 4001, or
 * answers nothing any more.
 */

import { minutes, seconds } from "../../core/units.ts";
import { authenticatesAgain } from "../../harness/checks/connections/authenticates-again.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import signal from "../../harness/faults/server/signal.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { Fault } from "../../harness/incident/fault.ts";

const afterMs = minutes(10);
const closed = signal({
  match: { on: "expired", afterMs },
  action: { do: "refuse-auth", reason: "session expired" },
});
const ignored = signal({ match: { on: "expired-request", afterMs }, action: { do: "ignore" } });

const expires = (id: string, expiry: Fault): Trial =>
  trial(id, async ({ settled, fault, wait }) => {
    await settled("signal");
    // Two waves are due in any case.
    await fault(expiry, () => wait(minutes(40)));
    await wait(minutes(16));
  });

export default scenario({
  id: "signal-auth-expiry",
  report: "B",
  title: "A session on the signal feed expires after ten minutes: closed with 4001, or not answered",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T05:10:00+04:00",
    timezone: "Asia/Dubai",
  },

  trials: [expires("closed-4001", closed), expires("ignored", ignored)],

  expect: [authenticatesAgain({ within: seconds(10) }), tradesEveryWave({ missedPerFault: 0 }), ordersOnce()],
  provenBy: { "broken/authenticates-once": { trial: "closed-4001", check: "authenticates-again" } },
});
