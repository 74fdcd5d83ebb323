/**
 * What has piled up while the exchange was slow is worked off soon after: some time after the heal every value is polled
 * at its own pace again (`lib/polled.ts`), which it is not while requests queue for a connection. What was polled too
 * seldom to have shown its pace while nothing was wrong is left out.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { gapsOf, polled } from "./lib/polled.ts";

/** Further apart than that is not its pace. */
const paceShare = 1.5;

export function catchesUp(options: { within: number }): Check {
  const { within } = options;
  return {
    name: "catches-up",
    asks: `polls everything at its own pace again within ${formatDuration(within)} of a heal`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const endMs = clientEndMs(journal);
      const heals = faultTimes(journal).filter(
        ({ endpoint, healedAt }) => endpoint === "exchange-rest" && healedAt + within < endMs,
      );
      const paced = polled(journal).filter(({ undisturbed }) => undisturbed);
      const gaps = paced.flatMap((of) => gapsOf(of, journal).map((gap) => ({ of, gap })));
      if (heals.length === 0 || gaps.length === 0) {
        const message = `Whether ${setting.client} catches up could not be judged: ${gaps.length === 0 ? "it polled nothing often enough to have a rhythm" : `it had less than ${formatDuration(within)} after the heal`}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const behind = heals.flatMap(({ healedAt }) =>
        gaps
          .filter(
            ({ of, gap }) => gap.ms > of.rhythmMs * paceShare && gap.from.at < healedAt + within && gap.toAt > healedAt,
          )
          .map(({ of, gap }) => ({ of, gap, healedAt, ms: gap.toAt - healedAt })),
      );
      const excuseOf = (one: (typeof behind)[number]): Excuse => ({
        ...{ fromAt: one.healedAt, toAt: one.gap.toAt },
        latenessMs: one.ms - within,
      });
      const tooLate = behind.filter(({ ms }) => ms > within);
      const worst = leastExcused(tooLate, excuseOf, journal) ?? behind.toSorted((a, b) => b.ms - a.ms)[0];
      if (worst === undefined || worst.ms <= within) {
        const measured = Math.round(worst?.ms ?? 0);
        const message = `${setting.client} polled everything at its own pace again ${formatDuration(measured)} after the heal.`;
        return {
          ...shape,
          verdict: "pass",
          measured,
          message,
          evidence: worst === undefined ? [] : [evidence(worst.gap.from, worst.of.name)],
        };
      }
      const { of, gap, healedAt, ms } = worst;
      const came = gap.to === undefined ? "had not come by the end" : `came ${formatDuration(ms)} after it`;
      return {
        ...shape,
        verdict: "fail",
        measured: Math.round(ms),
        message: `Expected ${setting.client} to poll everything at its own pace again within ${formatDuration(within)} of the heal at ${setting.date(healedAt)}; ${of.name}, polled every ${formatDuration(of.rhythmMs)}, ${came}. The value before is journal line ${gap.from.seq}.`,
        evidence: [evidence(gap.from, of.name)],
        excuse: excuseOf(worst),
      };
    },
  };
}
