/**
 * Report B: a feed that failed every two seconds for two hours, and some 3,700 equal lines of it. Here the signal server
 * closes every connection soon after it was opened; the log has to stay readable, and to say how often.
 */

import { hours, minutes, seconds } from "../../core/units.ts";
import { collapsesRepeats } from "../../harness/checks/log/collapses-repeats.ts";
import { logsTrouble } from "../../harness/checks/log/logs-trouble.ts";
import { saysHowOften } from "../../harness/checks/log/says-how-often.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import signal from "../../harness/faults/server/signal.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "log-storm-feed",
  report: "B",
  title: "The signal feed is closed again and again for two hours: what is in the log",
  roles: ["signals"],
  clock: { start: "2025-10-22T03:05:00+04:00", end: "2025-10-22T05:20:00+04:00", timezone: "Asia/Dubai" },
  testbed: { marketStepMs: seconds(5) },

  async play({ client, settled, fault, wait }) {
    await client.start();
    await settled("signal");
    const closed = signal({ match: { on: "idle", idleMs: 0 }, action: { do: "close", code: 1000 } });
    await fault(closed, () => wait(hours(2)));
    await wait(minutes(5));
  },

  expect: [logsTrouble({ within: seconds(30) }), collapsesRepeats(), saysHowOften(), staysUp()],
  provenBy: { "broken/logs-every-failure": "collapses-repeats" },
});
