/**
 * Report B, T2: the bot is stopped with SIGINT, and started half an hour later: across local midnight (20:00 UTC) and across
 * UTC midnight (04:00 local). The oracle is UTC: the first wave that is due after the restart is traded, and each after it.
 */

import { minutes, seconds } from "../../core/units.ts";
import { stopsInTime } from "../../harness/checks/process/stops-in-time.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { initialBatch } from "../../harness/moments.ts";

export default scenario({
  id: "signal-bot-restart",
  report: "B",
  title: "The bot is stopped and started half an hour later, across local and across UTC midnight",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-21T23:30:00+04:00",
    end: "2025-10-22T05:06:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { marketStepMs: seconds(5) },

  async play({ client, until, at, wait }) {
    await client.start();
    for (const midnight of ["2025-10-22T00:00:00+04:00", "2025-10-22T04:00:00+04:00"]) {
      const before = new Date(Date.parse(midnight) - minutes(12)).toISOString();
      await at(before);
      await client.stop("SIGINT");
      await wait(minutes(30));
      await client.start();
      await until(initialBatch);
    }
    await at("2025-10-22T05:00:00+04:00");
  },

  expect: [stopsInTime({ within: seconds(5) }), tradesEveryWave({ missedPerFault: 0 }), ordersOnce()],
  provenBy: { "broken/local-date-waves": "trades-every-wave" },
});
