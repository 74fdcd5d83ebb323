/**
 * A contract stops trading and resumes; once its tick is coarser afterwards; and a market reset voids orders that were
 * acknowledged. While it is halted nothing is gained by sending orders, afterwards its instrument has to be fetched again,
 * and an order that was voided is not there any more.
 */

import { minutes, seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { learnsTickSize } from "../../harness/checks/limits/learns-tick-size.ts";
import { sparesHaltedContracts } from "../../harness/checks/limits/spares-halted-contracts.ts";
import venue from "../../harness/faults/server/venue.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";
import { ordersPlaced } from "../../harness/moments.ts";

const coarser = 10;
const spares = sparesHaltedContracts({ mostPerMinute: 12 });

export default scenario({
  id: "venue-not-tradeable",
  report: "B",
  title: "A contract is halted and resumes, with another tick; a market reset voids orders",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:14:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"] },

  trials: [
    trial(
      "halted",
      async ({ settled, wait, fault }) => {
        await settled("exchange-private");
        await fault(venue({ do: "halt" }), () => wait(minutes(5)));
        await wait(minutes(3));
      },
      [spares],
    ),
    trial("reset", async ({ settled, until, wait, fault }) => {
      await settled("exchange-private");
      await until(ordersPlaced(4), { orAfter: minutes(1) });
      await fault(venue({ do: "reset" }), () => wait(seconds(30)));
      await wait(minutes(1));
    }),
    // Last: the tick stays what it is now.
    trial(
      "other-tick",
      async ({ settled, wait, fault }) => {
        await settled("exchange-private");
        // Orders that do not fit the new tick are voided.
        await fault(venue({ do: "halt", tickTimes: coarser }), () =>
          fault(venue({ do: "reset" }), () => wait(minutes(5)), { ifMet: true }),
        );
        await wait(minutes(3));
      },
      [spares, learnsTickSize()],
    ),
  ],

  expect: [ledgerEquals({ within: seconds(30) })],
  provenBy: {
    "broken/hammers-halted": { trial: "halted", check: "spares-halted-contracts" },
    "broken/keeps-old-filters": { trial: "other-tick", check: "learns-tick-size" },
  },
});
