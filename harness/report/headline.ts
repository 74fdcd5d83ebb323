/** The first line of a terminal reporter: what is about to be played. */

import { pc } from "./colours.ts";
import { count } from "../../core/units.ts";
import type { Plan } from "../runner/plan.ts";

export const headline = (plan: Plan, particulars: string): string =>
  `${pc.bold("Firedrill")}  ${count(plan.runs.length, "run")}  ${pc.dim(particulars)}`;
