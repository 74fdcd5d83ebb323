/**
 * The exchange closes all streams and then accepts TCP without answering an upgrade. Reports of clients that wait for it
 * report 15 to 30 hours of CONNECTING.
 */

import { minutes, seconds } from "../../core/units.ts";
import { givesUpDials } from "../../harness/checks/connections/gives-up-dials.ts";
import { keepsDialling } from "../../harness/checks/connections/keeps-dialling.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const noAnswer = stream({ stream: "public", action: { do: "stall-upgrade" } });
const closed = stream({ stream: "public", action: { do: "close", code: 1001 } });

export default scenario({
  id: "stream-upgrade-stall",
  report: "E",
  title: "Dials are accepted and never answered",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:32:30Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, back, wait, fault }) {
    await client.start();
    await settled("exchange-public");
    await fault(noAnswer, () => fault(closed, () => wait(seconds(40))));
    await back({ within: minutes(1) });
    await wait(seconds(5));
  },

  expect: [givesUpDials({ within: seconds(15) }), keepsDialling({ within: seconds(40) }), oneSubscriptionEach()],
  provenBy: { "broken/waits-for-upgrade": "gives-up-dials" },
});
