/** The time axis above the lanes. */

import type { TrialModel } from "../model.ts";
import { placed, type Range } from "./timeline.tsx";
import { dateText } from "./words.ts";

const second = 1_000;
const steps = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600,
  43_200, 86_400,
].map((n) => n * second);
const mostTicks = 8;

export function Axis({ trial, range: [from, to] }: { trial: TrialModel; range: Range }) {
  const { startMs, timezone } = trial;
  const step = steps.find((each) => (to - from) / each <= mostTicks) ?? (to - from) / mostTicks;
  const first = Math.ceil((startMs + from) / step) * step - startMs;
  const ticks = Array.from({ length: Math.max(Math.floor((to - first) / step) + 1, 0) }, (_, n) => first + n * step);
  return (
    <div class="row axis" aria-hidden="true">
      <span class="name">{dateText(startMs + from, timezone).slice(0, 6)}</span>
      <div class="track">
        {ticks.map((at) => (
          <span key={at} class="tick" style={{ left: placed(at, at, [from, to]).left }}>
            {dateText(startMs + at, timezone, step < second).slice(7)}
          </span>
        ))}
      </div>
    </div>
  );
}
