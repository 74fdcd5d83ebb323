/**
 * A client that asks for all its symbols at once has them all within a time, in 99 of 100 cycles (`evidence/cycles.ts`).
 * Of fewer than a hundred cycles each has to be in time, and of a few nothing can be said. Judged from the server's side.
 */

import { count, formatDuration } from "../../../core/units.ts";
import { cyclesOf, type Cycle } from "../../evidence/cycles.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";

const share = 0.99;
const fewest = 15;

export const cyclesInTime = atMost<{ p99: number }>("cycles-in-time", {
  asks: ({ p99 }) => `has all its symbols within ${formatDuration(p99)} of asking for them, in 99 of 100 cycles`,
  unit: "ms",
  limit: ({ p99 }) => p99,
  todo: ({ p99 }) => `have all its symbols within ${formatDuration(p99)} in 99 of 100 cycles`,
  unjudged: "it made no cycle in a fault",
  cases(evidence, { p99 }) {
    const { symbols } = evidence.setting;
    const requests = evidence.requests().filter(({ at }) => at <= evidence.endMs());
    const cycles = cyclesOf(requests, symbols, p99)
      .filter(({ first: { receivedAt } }) =>
        evidence.faults().some(({ armedAt, healedAt }) => armedAt <= receivedAt && receivedAt <= healedAt),
      )
      .toSorted((a, b) => took(a) - took(b));
    const at99 = cycles[Math.ceil(cycles.length * share) - 1];
    if (at99 === undefined || cycles.length < fewest) {
      return `it made ${count(cycles.length, "cycle")} in the fault, and ${fewest} are needed`;
    }
    const { first: event, last, durationMs } = at99;
    const worst = cycles.at(-1) ?? at99;
    const late = cycles.filter((cycle) => took(cycle) > p99).length;
    const seen = `${late} of ${count(cycles.length, "cycle")} of ${count(symbols.length, "symbol")} took longer, the worst from ${evidence.date(worst.first.receivedAt)}: ${cycleText(worst)}`;
    const excuse = {
      fromAt: event.receivedAt,
      // How late one is that never comes is not known; a machine that was late half of the time explains it.
      toAt: Math.max(last?.at ?? 0, event.receivedAt + p99),
      latenessMs: durationMs === undefined ? p99 / 2 : durationMs - p99,
    };
    const more = [lineOf(worst.first, cycleText(worst))];
    return [{ event, what: cycleText(at99), at: event.receivedAt, value: took(at99), seen, excuse, more }];
  },
});

const took = ({ durationMs }: Cycle): number => durationMs ?? Infinity;

const cycleText = ({ name, durationMs, missing }: Cycle): string =>
  durationMs === undefined ? `${name} never had ${missing.join(", ")}` : `${name} took ${formatDuration(durationMs)}`;
