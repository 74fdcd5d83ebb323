/**
 * Trading is halted for four hours, so that nothing happens to the account: on the private stream come pongs and nothing
 * else. A stream that answers is well, however little it has to say, and is left alone.
 */

import { hours, minutes, seconds } from "../../core/units.ts";
import { ledgerEquals } from "../../harness/checks/account/ledger-equals.ts";
import { sparesHaltedContracts } from "../../harness/checks/limits/spares-halted-contracts.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import venue from "../../harness/faults/server/venue.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "quiet-private-night",
  report: "B",
  title: "Four hours in which nothing happens to the account",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T20:00:00Z",
    end: "2025-09-16T00:12:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"], marketStepMs: seconds(10) },

  async play({ client, settled, wait, fault }) {
    await client.start();
    await settled("exchange-private");
    await fault(venue({ do: "halt" }), () => wait(hours(4)), { ifMet: true });
    await wait(minutes(3));
  },

  expect: [
    undisturbed({ endpoint: "exchange-private" }),
    sparesHaltedContracts({ mostPerMinute: 12 }),
    ledgerEquals({ within: seconds(30) }),
  ],
  provenBy: { "broken/stale-kills-quiet": "undisturbed" },
});
