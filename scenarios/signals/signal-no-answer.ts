/**
 * A hypothesis of report B: the feed is open, pings are answered, and get_signals never is. A health check sees it; here it has
 * to act as well: connect anew, and alert, once.
 */

import { minutes } from "../../core/units.ts";
import { alertsOnce } from "../../harness/checks/alerts/alerts-once.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { recoversUnansweredFeed } from "../../harness/checks/signals/recovers-unanswered-feed.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import signal from "../../harness/faults/server/signal.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const unanswered = signal({ match: { on: "get_signals" }, action: { do: "ignore" } });

export default scenario({
  id: "signal-no-answer",
  report: "B",
  title: "The signal feed is open and answers pings, and never a request for signals",
  roles: ["signals", "trading", "alerts"],
  requires: ["signals"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T03:45:00+04:00",
    timezone: "Asia/Dubai",
  },

  async play({ client, settled, fault, at, wait }) {
    await client.start();
    await settled("signal");
    await at("2025-10-22T03:12:00+04:00");
    await fault(unanswered, () => wait(minutes(18)));
    await wait(minutes(12));
  },

  expect: [
    recoversUnansweredFeed({ within: minutes(6) }),
    alertsOnce({ within: minutes(6) }),
    tradesEveryWave({ missedPerFault: 1 }),
    ordersOnce(),
  ],
  provenBy: { "broken/health-check-only-logs": "recovers-unanswered-feed" },
});
