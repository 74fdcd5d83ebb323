/** The first line of a terminal reporter: what is about to be played, and where it is played slower than it says. */

import pc from "picocolors";
import { count } from "../../core/units.ts";
import { isSlowed } from "../runner/pace.ts";
import type { Plan } from "../runner/plan.ts";

export function headline(plan: Plan, particulars: string): string {
  const line = `${pc.bold("Firedrill")}  ${count(plan.runs.length, "run")}  ${pc.dim(particulars)}`;
  const { othersShare } = plan.pace;
  if (!isSlowed(plan.pace) || othersShare === null) return line;
  const percent = Math.round(othersShare * 100);
  return `${line}\n${pc.yellow(`Other programs use ${percent} % of this machine: incidents are replayed at half their speed. --compression sets it.`)}`;
}
