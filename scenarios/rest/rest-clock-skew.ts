/**
 * A host whose clock is off, as with NTP that is not there: 1.2 s ahead, 6 s behind, and a jump of 90 s that stays.
 * Bybit takes a timestamp that is at most 1 s ahead of its own and 5 s behind.
 */

import { minutes, seconds } from "../../core/units.ts";
import { correctsClock } from "../../harness/checks/limits/corrects-clock.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import jump from "../../harness/faults/clock/jump.ts";
import skew from "../../harness/faults/clock/skew.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { signedRequest, timestampRefused } from "../../harness/moments.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

/** Until it has signed with a clock that is off, and long enough after that for who can to correct it. */
const isOff = (id: string, fault: Fault): Trial =>
  trial(id, async ({ settled, needs, until, wait, fault: befalls }) => {
    await settled("exchange-rest");
    needs((await until(signedRequest, { orAfter: minutes(1) })) || undefined, "signed a request within a minute");
    await befalls(
      fault,
      async () => {
        if (await until(timestampRefused, { orAfter: minutes(1) })) await wait(seconds(25));
      },
      // Who signs by the exchange's time is not met by it.
      { ifMet: true },
    );
    // It is right again, so whoever had corrected for it may be off the other way.
    await wait(seconds(25));
  });

export default scenario({
  id: "rest-clock-skew",
  report: "A",
  title: "The client's clock is 1.2 s ahead, 6 s behind, or 90 s ahead after a jump",
  roles: ["rest-polling"],
  clock: {
    start: "2025-07-14T14:00:00Z",
    end: "2025-07-14T14:06:00Z",
    timezone: "UTC",
    steps: true,
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  trials: [
    isOff("1.2s-ahead", skew({ offsetMs: seconds(1.2) })),
    isOff("6s-behind", skew({ offsetMs: -seconds(6) })),
    isOff("90s-jump", jump({ byMs: seconds(90) })),
  ],

  expect: [correctsClock(), staysUp()],
  provenBy: { "broken/trusts-own-clock": { trial: "1.2s-ahead", check: "corrects-clock" } },
});
