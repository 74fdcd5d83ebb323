/** Report E: no dial of a market-data stream succeeds for ten minutes. Ten connections that say so at each dial are a flood. */

import { minutes, seconds } from "../../core/units.ts";
import { collapsesRepeats } from "../../harness/checks/log/collapses-repeats.ts";
import { logsTrouble } from "../../harness/checks/log/logs-trouble.ts";
import { saysHowOften } from "../../harness/checks/log/says-how-often.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import down from "../../harness/faults/network/down.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "log-storm-dials",
  report: "E",
  title: "The public stream is down for 10 min: what is in the log",
  roles: ["market-data"],
  clock: { start: "2025-10-29T08:28:00Z", end: "2025-10-29T08:48:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: seconds(5) },

  async play({ client, settled, fault, back, wait }) {
    await client.start();
    await settled("exchange-public");
    await fault(down({ endpoint: "exchange-public" }), () => wait(minutes(10)));
    await back({ within: minutes(1) });
    await wait(minutes(2));
  },

  expect: [logsTrouble({ within: seconds(30) }), collapsesRepeats(), saysHowOften(), staysUp()],
  provenBy: { "broken/logs-every-failure": "collapses-repeats" },
});
