/**
 * Every value that the client polls arrives, and not much later than it was due. A value is due one rhythm after the one
 * before it, by the client's own rhythm for it (`lib/polled.ts`), so any polling client can meet it. What the client does
 * with a value is not asked.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Setting } from "../check.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { gapsOf, polled, type Gap, type Polled } from "./lib/polled.ts";
import { crashFrom, exitText } from "./lib/running.ts";
import type { JournalView } from "../../core/journal/view.ts";

export interface ValuesOnTimeOptions {
  /** How late a value may be, ms. */
  within: number;
  /** A symbol that the scenario keeps from having any. */
  except?: string;
}

interface Late {
  of: Polled;
  gap: Gap;
  lateMs: number;
}

export function valuesOnTime({ within, except }: ValuesOnTimeOptions): Check {
  return {
    name: "values-on-time",
    asks: `has every value it polls${except === undefined ? "" : ` but ${except}'s`} at most ${formatDuration(within)} late`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const of = polled(journal).filter(({ symbol }) => symbol === "" || symbol !== except);
      const lates = of.flatMap((operation) => latesOf(operation, journal));
      const tooLate = lates.filter(({ lateMs }) => lateMs > within);
      const excuseOf = ({ gap, lateMs }: Late): Excuse => ({
        ...{ fromAt: gap.from.at, toAt: gap.toAt },
        latenessMs: lateMs - within,
      });
      const worst = leastExcused(tooLate, excuseOf, journal) ?? lates.toSorted((a, b) => b.lateMs - a.lateMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} has its values on time could not be judged: it polled nothing often enough to have a rhythm.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { gap, lateMs } = worst;
      const measured = Math.max(Math.round(lateMs), 0);
      const proof = [evidence(gap.from, "the value before"), ...(gap.to ? [evidence(gap.to, "the value after")] : [])];
      if (lateMs <= within) {
        const message = `${setting.client} polled ${of.length} values; the latest was ${formatDuration(measured)} late, at ${setting.date(gap.toAt)}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: blame(worst, { within, setting, journal, others: tooLate.length - 1 }),
        evidence: proof,
        excuse: excuseOf(worst),
      };
    },
  };
}

const latesOf = (of: Polled, journal: JournalView): Late[] =>
  gapsOf(of, journal).map((gap) => ({ of, gap, lateMs: gap.ms - of.rhythmMs }));

function blame(
  { of: { name, rhythmMs }, gap, lateMs }: Late,
  { within, setting, journal, others }: { within: number; setting: Setting; journal: JournalView; others: number },
): string {
  const crash = gap.to === undefined ? crashFrom(journal, gap.from.at) : undefined;
  const came =
    gap.to !== undefined
      ? `came ${formatDuration(lateMs)} late, at ${setting.date(gap.toAt)}`
      : crash === undefined
        ? `was ${formatDuration(lateMs)} late and had not come by ${setting.date(gap.toAt)}`
        : `never came again: it ${exitText(crash, setting)}`;
  const more = others === 0 ? "" : ` So it was ${others} more times.`;
  return `Expected ${setting.client} to have each value it polls at most ${formatDuration(within)} late; ${name}, polled every ${formatDuration(rhythmMs)}, ${came}.${more} The value before is journal line ${gap.from.seq}.`;
}
