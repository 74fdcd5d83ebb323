/** Marks and colours of the terminal reporters. Colours go away by themselves where the output is no terminal. */

import { pc } from "./colours.ts";
import { formatDuration } from "../../core/units.ts";
import type { CheckResult, ResultVerdict, ScenarioResult } from "../runner/result.ts";

export const mark: Record<ResultVerdict, string> = {
  pass: pc.green("✓"),
  fail: pc.red("✗"),
  unknown: pc.yellow("?"),
  unplayable: pc.yellow("?"),
  "not-applicable": pc.dim("–"),
};

const paint: Record<ResultVerdict, (text: string) => string> = {
  pass: pc.green,
  fail: pc.red,
  unknown: pc.yellow,
  unplayable: pc.yellow,
  "not-applicable": pc.dim,
};

export const verdictText = ({ verdict, valid }: Pick<ScenarioResult, "verdict" | "valid">): string =>
  valid ? paint[verdict](verdict) : pc.magenta("invalid");

export const resultMark = ({ verdict, valid }: Pick<ScenarioResult, "verdict" | "valid">): string =>
  valid ? mark[verdict] : pc.magenta("!");

/** `1.3 s, at most 30 s` */
export function measurement({ measured, target, unit }: CheckResult): string {
  if (measured === null) return `nothing measured, at most ${inUnit(target, unit)}`;
  return `${inUnit(measured, unit)}, at most ${inUnit(target, unit)}`;
}

export const inUnit = (value: number, unit: string): string =>
  unit === "ms" ? formatDuration(value) : `${value} ${value === 1 ? unit.replace(/s$/, "") : unit}`;

/** `3 h 12 min in 38.4 s` */
export const replayed = ({ incidentMs, wallMs }: Pick<ScenarioResult, "incidentMs" | "wallMs">): string =>
  `${formatDuration(incidentMs)} in ${formatDuration(wallMs)}`;
