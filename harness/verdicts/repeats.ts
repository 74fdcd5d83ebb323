/** Of each kind of line that a client printed its busiest stretch, as a case: what a limit of repeats is held against. */

import { count } from "../../core/units.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { printedKinds } from "../evidence/printed-kinds.ts";
import type { Measured } from "./figure.ts";
import { busiest } from "./rate.ts";

export interface RepeatsOptions {
  fromMs: number;
  toMs?: number;
  /** How long a stretch is, and its name: "minute". */
  spanMs: number;
  span: string;
  /** The kinds that are looked at; all without it. */
  isMeant?: (kind: string) => boolean;
}

export const repeatsOf = (
  evidence: Evidence,
  { fromMs, toMs = Infinity, spanMs, span, isMeant = () => true }: RepeatsOptions,
): Measured[] =>
  printedKinds(evidence.journal, evidence.setting.symbols).flatMap(({ kind, lines }) => {
    const own = lines.filter(({ at }) => at >= fromMs && at < toMs);
    const stretch = busiest(own, ({ at }) => at, spanMs);
    const [first] = stretch;
    if (first === undefined || !isMeant(kind)) return [];
    const seen = `it printed "${kind}" ${count(stretch.length, "time")} in the ${span} from ${evidence.date(first.at)} (see client.log)`;
    return [{ event: first.event, what: `"${kind}"`, at: first.at, value: stretch.length, seen, excuse: null }];
  });
