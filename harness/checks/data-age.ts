/**
 * How old the newest value of a path gets before the next one replaces it, from the exchange's side: from one answer to
 * the next. What the answer still had to travel is not in it.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { gapsOf, polled } from "./lib/polled.ts";

export interface DataAgeOptions {
  path: string;
  atMost: number;
}

export function dataAge({ path, atMost }: DataAgeOptions): Check {
  return {
    name: "data-age",
    asks: `has no data of ${path} older than ${formatDuration(atMost)}`,
    judge(journal, setting) {
      const shape = { target: atMost, unit: "ms" };
      const gaps = polled(journal)
        .filter((of) => of.path === path)
        .flatMap((of) => gapsOf(of, journal).map((gap) => ({ name: of.name, gap })));
      const excuseOf = ({ gap }: (typeof gaps)[number]): Excuse => ({
        ...{ fromAt: gap.from.at, toAt: gap.toAt },
        latenessMs: gap.ms - atMost,
      });
      const tooOld = gaps.filter(({ gap }) => gap.ms > atMost);
      const worst = leastExcused(tooOld, excuseOf, journal) ?? gaps.toSorted((a, b) => b.gap.ms - a.gap.ms)[0];
      if (worst === undefined) {
        const message = `How old the data of ${setting.client} gets could not be judged: it had none from ${path} twice.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { name, gap } = worst;
      const measured = Math.round(gap.ms);
      const proof = [evidence(gap.from, "the answer that grew old")];
      if (gap.ms <= atMost) {
        const message = `${setting.client} had no data of ${path} older than ${formatDuration(gap.ms)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to have no data of ${path} older than ${formatDuration(atMost)}; its answer to ${name} of ${setting.date(gap.from.at)} was the newest for ${formatDuration(gap.ms)}. See journal line ${gap.from.seq}.`,
        evidence: proof,
        excuse: excuseOf(worst),
      };
    },
  };
}
