/**
 * The night of 22 October as it most likely was: the signal server closes the idle connection at 03:03, two minutes
 * before the first wave check. Who finds out only when he asks has lost the wave of 03:05; who takes 1000 for good news
 * loses all that follow. What the log says of it, "Failed to request signals: received 1000 (OK); then sent 1000 (OK)"
 * 1 ms after "looking for wave", needs a connection that was closed before it was asked.
 */

import { seconds } from "../../core/units.ts";
import { reconnects } from "../../harness/checks/connections/reconnects.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import close from "../../harness/faults/server/signal-close.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "signal-closed-while-idle",
  report: "B",
  title: "The signal server closes the idle connection with 1000, two minutes before the wave check",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T02:52:56+04:00",
    end: "2025-10-22T03:27:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { bufferSize: 291 },

  async play({ client, at, until, fault }) {
    await client.start();
    await until(initialBatch);
    await at("2025-10-22T03:03:00+04:00");
    await fault(close({ code: 1000 }), () => at("2025-10-22T03:04:00+04:00"));
    await at("2025-10-22T03:26:00+04:00");
  },

  expect: [reconnects({ within: seconds(30) }), tradesEveryWave({ missedPerFault: 0 }), ordersOnce()],
  provenBy: { "broken/ignores-normal-closure": "reconnects" },
});
