/**
 * A hypothesis of report B: the server closes a connection on which no signals were asked for in five minutes, pings or not.
 * Who finds out at the next request is without a feed for most of the time.
 */

import { minutes, seconds } from "../../core/units.ts";
import { reconnects } from "../../harness/checks/connections/reconnects.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import signal from "../../harness/faults/server/signal.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const idle = signal({
  match: { on: "idle", idleMs: minutes(5), asking: "get_signals" },
  action: { do: "close", code: 1000 },
});

export default scenario({
  id: "signal-idle-close",
  report: "B",
  title: "The signal server closes whoever asked for no signals in five minutes, for two hours",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T05:20:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { marketStepMs: seconds(5) },

  async play({ client, settled, fault, wait }) {
    await client.start();
    await settled("signal");
    await fault(idle, () => wait(minutes(120)));
    await wait(minutes(5));
  },

  expect: [reconnects({ within: seconds(30) }), tradesEveryWave({ missedPerFault: 0 }), ordersOnce()],
  provenBy: { "broken/reconnects-on-send-only": "reconnects" },
});
