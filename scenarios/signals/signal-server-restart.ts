/**
 * Report B, T1: the signal server is gone for five minutes and comes back. Killed, its connections end without a word; stopped,
 * it says goodbye with 1000 first. The client is back by itself, has the initial batch, and trades the next wave.
 */

import { minutes, seconds } from "../../core/units.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import down from "../../harness/faults/network/down.ts";
import close from "../../harness/faults/server/signal-close.ts";
import { scenario, trial, type Stage } from "../../harness/incident/scenario.ts";
import { faultLanded, nextWaveTraded } from "../../harness/moments.ts";

const gone = down({ endpoint: "signal" });
const goodbye = close({ code: 1000 });

async function comesBack({ back, until, wait }: Stage): Promise<void> {
  await back({ within: seconds(30) });
  await until(nextWaveTraded, { orAfter: minutes(31) });
  // Who trades as signals come has done so before the wave is due.
  await wait(minutes(6));
}

export default scenario({
  id: "signal-server-restart",
  report: "B",
  title: "The signal server is killed, or stopped, and started again five minutes later",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T05:00:00+04:00",
    timezone: "Asia/Dubai",
  },

  trials: [
    trial("killed", async (stage) => {
      await stage.settled("signal");
      await stage.fault(gone, () => stage.wait(minutes(5)));
      await comesBack(stage);
    }),
    trial("stopped", async (stage) => {
      await stage.settled("signal");
      await stage.fault(goodbye, async () => {
        await stage.until(faultLanded);
        await stage.fault(gone, () => stage.wait(minutes(5)));
      });
      await comesBack(stage);
    }),
  ],

  expect: [tradesEveryWave({ missedPerFault: 1 }), ordersOnce()],
  provenBy: { "broken/ignores-normal-closure": { trial: "stopped", check: "back" } },
});
