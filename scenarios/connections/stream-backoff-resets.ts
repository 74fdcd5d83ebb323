/**
 * Three minutes in which every dial is refused, so that a client's waits grow to their longest; then an hour in which all is
 * well, and one drop. What was learned in the bad minutes is out of date by then: it dials again at once.
 */

import { hours, minutes, seconds } from "../../core/units.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import { logsDialsSparingly } from "../../harness/checks/log/logs-dials-sparingly.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const refused = stream({ stream: "public", action: { do: "refuse-upgrade", status: 503 } });
const dropped = stream({ stream: "public", action: { do: "close", code: 1012 } });

export default scenario({
  id: "stream-backoff-resets",
  report: "E",
  title: "Dials are refused for 3 min; after a good hour the streams are dropped once",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T10:00:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], marketStepMs: 5_000 },

  async play({ client, settled, back, wait, fault }) {
    await client.start();
    await settled("exchange-public");
    await fault(refused, () => fault(dropped, () => wait(minutes(3))));
    await back({ within: minutes(1) });
    await wait(hours(1));
    await fault(dropped, () => back({ within: seconds(60) }));
    await wait(seconds(30));
  },

  expect: [redials({ within: seconds(10) }), logsDialsSparingly({ linesPerDial: 24 }), oneSubscriptionEach()],
  provenBy: {
    "broken/never-resets-backoff": "redials",
    "broken/logs-every-retry": "logs-dials-sparingly",
  },
});
