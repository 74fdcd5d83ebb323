/** A comparison as a person reads it: the two targets first, then each scenario with its recovery and its checks. */

import { pc } from "./colours.ts";
import { formatDuration } from "../../core/units.ts";
import type { Comparison, Reduction } from "../compare/comparison.ts";
import type { Figures } from "../compare/figures.ts";
import type { CheckResult, Recovery } from "../runner/result.ts";
import { columns } from "./columns.ts";
import { inUnit, mark } from "./style.ts";

const spans: Record<keyof Recovery, string> = {
  detectMs: "detected after",
  reconnectMs: "reconnected after",
  authenticateMs: "authenticated after",
  resubscribeMs: "resubscribed after",
  firstDataMs: "first data after",
  blackoutMs: "longest blackout",
};

export function comparisonTable({ pairs, reductions }: Comparison): string {
  const clients = (side: "before" | "after"): string => [...new Set(pairs.map((pair) => pair[side].client))].join(", ");
  const head = ["", `before: ${clients("before")}`, `after: ${clients("after")}`, "change", "target"];
  const rows = [head, ...reductions.map(reductionRow)];
  for (const { before, after } of pairs) {
    rows.push([], [before.scenario, mark[before.verdict], mark[after.verdict]]);
    if (pairs.length > 1) {
      rows.push(["  connection resets", String(before.resets), String(after.resets)]);
      rows.push(["  timeouts", String(before.timeouts), String(after.timeouts)]);
    }
    rows.push(...recoveryRows(before, after), ...checkRows(before, after));
  }
  const lines = columns(rows);
  return [pc.bold(lines[0] ?? ""), ...lines.slice(1)].join("\n");
}

function reductionRow({ what, before, after, fewer, target, verdict }: Reduction): string[] {
  const change =
    fewer === null ? (after === 0 ? "none before" : "more") : fewer < 0 ? `${-fewer} % more` : `${fewer} % fewer`;
  return [what, String(before), String(after), change, `${mark[verdict]} at least ${target} % fewer`];
}

function recoveryRows(before: Figures, after: Figures): string[][] {
  return (Object.keys(spans) as (keyof Recovery)[]).flatMap((span) => {
    const [old, young] = [before.recovery[span], after.recovery[span]];
    return old === null && young === null ? [] : [[`  ${spans[span]}`, duration(old), duration(young)]];
  });
}

function checkRows(before: Figures, after: Figures): string[][] {
  const names = [...new Set([...before.checks, ...after.checks].map(({ name }) => name))];
  const cell = (checks: readonly CheckResult[], name: string): string => {
    const check = checks.find((one) => one.name === name);
    if (check === undefined) return "not asked";
    return `${mark[check.verdict]} ${check.measured === null ? check.verdict : inUnit(check.measured, check.unit)}`;
  };
  return names.map((name) => [`  ${name}`, cell(before.checks, name), cell(after.checks, name)]);
}

const duration = (ms: number | null): string => (ms === null ? "not seen" : formatDuration(ms));
