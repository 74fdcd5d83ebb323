/**
 * Report A, H2: the edge has enough of a client and answers every path with 403, "access too frequent". Bybit asks for
 * at least ten minutes without a request.
 */

import { minutes, seconds } from "../../core/units.ts";
import { pausesWhileBanned } from "../../harness/checks/limits/pauses-while-banned.ts";
import { resumesAfterBan } from "../../harness/checks/limits/resumes-after-ban.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "rest-ip-ban",
  report: "A",
  title: "Banned for ten minutes: 403 on every path",
  roles: ["rest-polling"],
  clock: {
    start: "2025-07-14T14:00:00Z",
    end: "2025-07-14T14:13:10Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, wait, fault }) {
    await client.start();
    await settled("exchange-rest");
    // A bot that has been running, not one that still opens its connections: what it sends at first, it sends all at once.
    await wait(seconds(30));
    await fault(rest({ action: { do: "status", code: 403 } }), () => wait(minutes(10)));
    await wait(seconds(75));
  },

  expect: [pausesWhileBanned({ perMinute: 1 }), resumesAfterBan({ within: minutes(1) }), staysUp()],
  provenBy: { "broken/hammers-through-ban": "pauses-while-banned" },
});
