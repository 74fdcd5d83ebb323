/**
 * Report D, H1: data frozen, backfill over REST works, live data does not. The streams stay up and answer pings, and bring
 * nothing; candles come over REST as ever. A bot that looks at its process is well and trades on prices of long ago.
 */

import { minutes, seconds } from "../../core/units.ts";
import { comesBack } from "../../harness/checks/streams/comes-back.ts";
import { noOrdersWhileBlind } from "../../harness/checks/account/no-orders-while-blind.ts";
import { reportsRecovery } from "../../harness/checks/process/reports-recovery.ts";
import { reportsDegraded } from "../../harness/checks/process/reports-degraded.ts";
import { tradesAgain } from "../../harness/checks/account/trades-again.ts";
import stream from "../../harness/faults/server/stream.ts";
import { everySymbolTradedAgain, tradesOfItself } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const liveDead = stream({ stream: "public", action: { do: "silence" } });

export default scenario({
  id: "backfill-ok-live-dead",
  report: "D",
  title: "Candles come over REST, the streams are up and silent for 3 min",
  roles: ["market-data", "rest-polling", "trading"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:36:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, settled, back, until, wait, fault }) {
    await client.start();
    await settled("exchange-public");
    await until(tradesOfItself, { orAfter: seconds(45) });
    await fault(liveDead, () => wait(minutes(3)));
    await back({ within: minutes(1) });
    await until(everySymbolTradedAgain, { orAfter: minutes(2) });
    // Time enough to say that it is well again.
    await wait(seconds(65));
  },

  expect: [
    noOrdersWhileBlind({ grace: seconds(20) }),
    reportsDegraded({ within: seconds(65) }),
    reportsRecovery({ within: seconds(60) }),
    tradesAgain({ within: seconds(60) }),
    comesBack({ within: seconds(60) }),
  ],
  provenBy: {
    "broken/alive-but-blind": "no-orders-while-blind",
    "broken/always-degraded": "reports-degraded",
    "broken/degraded-for-ever": "reports-recovery",
  },
});
