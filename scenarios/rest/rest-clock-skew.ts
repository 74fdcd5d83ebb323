/**
 * A host whose clock is off, as with NTP that is not there: 1.2 s ahead, 6 s behind, and a jump of 90 s that stays.
 * Bybit takes a timestamp that is at most 1 s ahead of its own and 5 s behind.
 */

import { seconds } from "../../core/units.ts";
import { correctsClock } from "../../harness/checks/limits/corrects-clock.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import jump from "../../harness/faults/clock/jump.ts";
import skew from "../../harness/faults/clock/skew.ts";
import { signedRequestAccepted } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "rest-clock-skew",
  report: "A",
  title: "The client's clock is 1.2 s ahead, 6 s behind, then 90 s ahead",
  roles: ["rest-polling"],
  clock: {
    start: "2025-07-14T14:00:00Z",
    end: "2025-07-14T14:01:10Z",
    timezone: "UTC",
    steps: true,
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(signedRequestAccepted);
    await fault(skew({ offsetMs: seconds(1.2) }), () => wait(seconds(10)));
    await fault(skew({ offsetMs: -seconds(6) }), () => wait(seconds(10)));
    // It is right again, so whoever had corrected for it is off the other way.
    await wait(seconds(7));
    await fault(jump({ byMs: seconds(90) }), () => wait(seconds(20)));
  },

  expect: [correctsClock(), staysUp()],
  provenBy: { "broken/trusts-own-clock": "corrects-clock" },
});
