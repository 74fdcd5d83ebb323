/**
 * A client that asks for all its symbols at once has them all within a time, in 99 of 100 cycles (see `lib/cycles.ts`).
 * Fewer than a hundred cycles have no such percentile. Judged from the server's side.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Setting } from "../check.ts";
import { cyclesOf, type Cycle } from "./lib/cycles.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { requestsOf } from "./lib/requests.ts";

const share = 0.99;
const fewest = 100;

export function cyclesInTime(options: { p99: number }): Check {
  const { p99 } = options;
  return {
    name: "cycles-in-time",
    asks: `has all its symbols within ${formatDuration(p99)} of asking for them, in 99 of 100 cycles`,
    judge(journal, setting) {
      const shape = { target: p99, unit: "ms" };
      const cycles = cyclesInFault(journal, setting, p99);
      const slowest = cycles.toSorted((a, b) => took(a) - took(b));
      const at99 = slowest[Math.ceil(slowest.length * share) - 1];
      if (at99 === undefined || cycles.length < fewest) {
        const message = `Whether ${setting.client} has its ${setting.symbols.length} symbols in time could not be judged: it made ${count(cycles.length, "cycle")} in the fault, and a 99th percentile takes ${fewest}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const measured = at99.durationMs === undefined ? null : Math.round(at99.durationMs);
      const worst = slowest.at(-1) ?? at99;
      if (took(at99) <= p99) {
        const message = `${setting.client} had all ${setting.symbols.length} symbols within ${formatDuration(took(at99))} in 99 of 100 of ${count(cycles.length, "cycle")}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: [evidence(at99.first, cycleText(at99))] };
      }
      const late = cycles.filter((cycle) => took(cycle) > p99);
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to have all ${setting.symbols.length} symbols within ${formatDuration(p99)} in 99 of 100 cycles; ${late.length} of ${cycles.length} took longer, the worst from ${setting.date(worst.first.receivedAt)}: ${cycleText(worst)}. See journal line ${worst.first.seq}.`,
        evidence: late.slice(0, 3).map((cycle) => evidence(cycle.first, cycleText(cycle))),
        excuse: {
          fromAt: at99.first.receivedAt,
          // How late one is that never comes cannot be said; a machine that was late half of the time explains it.
          toAt: Math.max(at99.last?.at ?? 0, at99.first.receivedAt + p99),
          latenessMs: at99.durationMs === undefined ? p99 / 2 : at99.durationMs - p99,
        },
      };
    },
  };
}

const took = ({ durationMs }: Cycle): number => durationMs ?? Infinity;

function cyclesInFault(journal: JournalView, { symbols }: Setting, p99: number): Cycle[] {
  const faults = faultTimes(journal);
  const endMs = clientEndMs(journal);
  const requests = requestsOf(journal).filter(({ at }) => at <= endMs);
  return cyclesOf(requests, symbols, p99).filter(({ first }) =>
    faults.some(({ armedAt, healedAt }) => armedAt <= first.receivedAt && first.receivedAt <= healedAt),
  );
}

const cycleText = ({ name, durationMs, missing }: Cycle): string =>
  durationMs === undefined ? `${name} never had ${missing.join(", ")}` : `${name} took ${formatDuration(durationMs)}`;
