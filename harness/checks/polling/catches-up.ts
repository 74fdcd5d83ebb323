/**
 * What has piled up while the exchange was slow is worked off soon after: some time after the heal every value is polled
 * at its own pace again (`evidence/polls.ts`), which it is not while requests queue for a connection. What was polled too
 * seldom to have shown its pace while nothing was wrong is left out.
 */

import { formatDuration } from "../../../core/units.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

/** Further apart than that is not its pace. */
const paceShare = 1.5;

export const catchesUp = within<{ within: number }>("catches-up", {
  asks: ({ within }) => `polls everything at its own pace again within ${formatDuration(within)} of a heal`,
  todo: "poll everything at its own pace",
  unjudged: ({ within }) => `it had less than ${formatDuration(within)} after the heal`,
  occasions(evidence, { within }) {
    const gaps = evidence.valueGaps().filter(({ of }) => of.undisturbed);
    if (gaps.length === 0) return "it polled nothing often enough to have a rhythm";
    return evidence.faults("exchange-rest").flatMap(({ proven, what: fault, healedAt: at }): Occasion[] => {
      if (at + within >= evidence.endMs()) return [];
      const what = `${fault} was over`;
      const behind = gaps.filter(
        ({ of, from, toAt, ms }) => ms > of.rhythmMs * paceShare && from.at < at + within && toAt > at,
      );
      if (behind.length === 0) return [{ event: proven, what, at, until: at }];
      return behind.map(({ of, from, to }) => {
        const came = to === undefined ? "had not come by the end" : `came ${formatDuration(to.at - at)} after it`;
        const seen = `${of.name}, polled every ${formatDuration(of.rhythmMs)}, ${came}`;
        return { event: from, what, at, until: to?.at, seen };
      });
    });
  },
});
