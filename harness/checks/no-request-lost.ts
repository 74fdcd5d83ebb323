/**
 * Each poll ends in an answer: none is given up before the next one is due. Told from the values that the exchange sent,
 * by the client's own rhythm (`lib/polled.ts`), because a request that was lost on its way was seen by nobody.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { gapsOf, polled } from "./lib/polled.ts";

/** A value that comes just before the second next one is due is late, and is not lost. */
const slack = 0.1;

export function noRequestLost(): Check {
  return {
    name: "no-request-lost",
    asks: "has an answer to each poll before the next one is due",
    judge(journal, setting) {
      const shape = { target: 0, unit: "requests" };
      const gaps = polled(journal).flatMap((of) =>
        gapsOf(of, journal).map((gap) => ({
          of,
          gap,
          lost: Math.max(Math.floor(gap.ms / of.rhythmMs + slack) - 1, 0),
        })),
      );
      if (gaps.length === 0) {
        const message = `Whether ${setting.client} loses requests could not be judged: it polled nothing often enough to have a rhythm.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const lost = gaps.reduce((sum, gap) => sum + gap.lost, 0);
      // On time for the second next poll, less the slack, it would have been none.
      const excuseOf = ({ of, gap }: (typeof gaps)[number]): Excuse => ({
        ...{ fromAt: gap.from.at, toAt: gap.toAt },
        latenessMs: gap.ms - (2 - slack) * of.rhythmMs,
      });
      const worst = leastExcused(
        gaps.filter((gap) => gap.lost > 0),
        excuseOf,
        journal,
      );
      if (worst === undefined) {
        const message = `${setting.client} had an answer to each of ${count(gaps.length, "poll")}.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      const { of, gap } = worst;
      return {
        ...shape,
        verdict: "fail",
        measured: lost,
        message: `Expected ${setting.client} to lose no request; ${count(lost, "poll")} had no answer before the next was due, one of them after ${setting.date(gap.from.at)}: ${of.name}, polled every ${formatDuration(of.rhythmMs)}, was not answered for ${formatDuration(gap.ms)}. See journal line ${gap.from.seq}.`,
        evidence: [evidence(gap.from, "the last answer before")],
        excuse: excuseOf(worst),
      };
    },
  };
}
