/**
 * Report D, H4: the operator stops the bot in the middle of a feed, and once more while its connector has just died: then
 * nothing of it may be left, and nothing may be started again.
 */

import { seconds } from "../../core/units.ts";
import { stopsInTime } from "../../harness/checks/process/stops-in-time.ts";
import kill from "../../harness/faults/process/kill.ts";
import { faultLanded, tradesAndDepthFlow } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "connector-stop",
  report: "D",
  title: "SIGTERM in the middle of a feed, and as the connector dies",
  roles: ["connector"],
  clock: {
    start: "2025-09-15T08:00:00Z",
    end: "2025-09-15T08:01:00Z",
    // A process's end is wall time: five seconds are one second of this machine.
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(tradesAndDepthFlow);
    await wait(seconds(3));
    // Who had to be killed need not be asked a second time.
    if (!(await client.stop("SIGTERM"))) return;

    await client.start();
    await until(tradesAndDepthFlow);
    await fault(kill({ child: "connector" }), async () => {
      await until(faultLanded);
      await client.stop("SIGTERM");
    });
    await wait(seconds(3));
  },

  expect: [stopsInTime({ within: seconds(5) })],
  provenBy: {
    "broken/ignores-sigterm": "stops-in-time",
  },
});
