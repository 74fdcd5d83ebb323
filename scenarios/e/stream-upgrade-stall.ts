/**
 * The exchange closes all streams and then accepts TCP without answering an upgrade. Reports of clients that wait for it
 * tell of 15 to 30 hours of CONNECTING.
 */

import { minutes, seconds } from "../../core/units.ts";
import { comesBack } from "../../harness/checks/comes-back.ts";
import { givesUpDials } from "../../harness/checks/gives-up-dials.ts";
import { keepsDialling } from "../../harness/checks/keeps-dialling.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsBack, topicsLive } from "../../harness/stream-moments.ts";

const noAnswer = stream({ stream: "public", action: { do: "stall-upgrade" } });
const closed = stream({ stream: "public", action: { do: "close", code: 1001 } });

export default scenario({
  id: "stream-upgrade-stall",
  report: "E",
  title: "Dials are accepted and never answered",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:29:30Z",
    compression: 10,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(topicsLive(15));
    await fault(noAnswer, async () => {
      await fault(closed, () => wait(seconds(20)));
    });
    await until(topicsBack(15), { orAfter: minutes(1) });
    await wait(seconds(5));
  },

  expect: [
    givesUpDials({ within: seconds(10) }),
    keepsDialling({ within: seconds(40) }),
    comesBack({ within: minutes(1) }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/waits-for-upgrade": "gives-up-dials" },
});
