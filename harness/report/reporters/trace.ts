/**
 * The timeline in Chrome's trace format, for Perfetto (ui.perfetto.dev) or `chrome://tracing`: a process a trial, a thread
 * a lane, a counter a curve. Times are incident ms from the journal's start; what bears a mark out is in its arguments.
 */

import { join } from "node:path";
import { readStored } from "../../../core/journal/stored.ts";
import { JournalView } from "../../../core/journal/view.ts";
import { Evidence } from "../../evidence/evidence.ts";
import type { Curve, Lane, Mark } from "../../evidence/timeline/marks.ts";
import { timelineOf } from "../../evidence/timeline/timeline.ts";
import { trialsOf } from "../../evidence/trials.ts";
import { settingOf } from "../../runner/judge.ts";
import { runName, type PlannedRun } from "../../runner/plan.ts";
import type { ReporterKind } from "../../runner/reporter.ts";
import type { ScenarioResult } from "../../runner/result.ts";

/** Marks of a lane and points of a curve: a viewer of traces takes many. */
const most = 20_000;

interface TraceEvent {
  name: string;
  ph: "X" | "i" | "C" | "M";
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  s?: "t";
  cat?: string;
  args: Record<string, unknown>;
}

export default {
  name: "trace",
  file: "trace.json",
  document: true,
  create({ print }) {
    const played: { run: PlannedRun; result: ScenarioResult }[] = [];
    return {
      finished: (run, result) => void played.push({ run, result }),
      async ended(_whole, output) {
        const events: TraceEvent[] = [];
        for (const [n, { run, result }] of played.entries()) {
          const timeline = await timelineIn(output, result);
          if (timeline === undefined) continue;
          const pid = n + 1;
          const name = `${runName(run, result.trial, result.attempt)}: ${result.valid ? result.verdict : "invalid"}`;
          events.push(named("process_name", pid, 0, name));
          timeline.lanes.forEach((lane, at) => events.push(...laneEvents(lane, pid, (at + 1) * 100)));
          timeline.curves.forEach((curve) => events.push(...curveEvents(curve, pid)));
        }
        print(`${JSON.stringify({ displayTimeUnit: "ms", traceEvents: events })}\n`);
      },
    };
  },
} satisfies ReporterKind;

/** Undefined where there is no journal, or it is not as its run has written it: that proves nothing. */
async function timelineIn(folder: string, { journal, journalSha256, trial }: ScenarioResult) {
  if (journal === null) return undefined;
  const read = await readStored(join(folder, journal), journalSha256);
  if (read.damage !== undefined) return undefined;
  const view = new JournalView(read.events);
  const own = trial === null ? view : trialsOf(view).find((one) => one.trial === trial)?.journal;
  const started = own?.first("run.started");
  return own === undefined || started === undefined
    ? undefined
    : timelineOf(new Evidence(own, settingOf(started)), most);
}

const named = (name: string, pid: number, tid: number, value: string): TraceEvent => ({
  ...{ name, ph: "M", pid, tid, ts: 0, args: { name: value } },
});

const micros = (ms: number): number => Math.round(ms * 1_000);

/** What lasts at the same time is on threads of its own, as a thread nests what overlaps. */
function laneEvents({ title, rows, marks, id }: Lane, pid: number, firstTid: number): TraceEvent[] {
  const names = Array.from({ length: rows }, (_, row) =>
    named("thread_name", pid, firstTid + row, rows === 1 ? title : `${title} ${row + 1}`),
  );
  return [...names, ...marks.map((mark) => markEvent(mark, { pid, firstTid, cat: id }))];
}

function markEvent(
  { at, until, what, tone, lines, row }: Mark,
  { pid, firstTid, cat }: { pid: number; firstTid: number; cat: string },
): TraceEvent {
  const common = { name: what, cat, pid, tid: firstTid + row, ts: micros(at), args: { tone, journalLines: lines } };
  return until === null ? { ...common, ph: "i", s: "t" } : { ...common, ph: "X", dur: micros(until - at) };
}

const curveEvents = ({ title, unit, at, values }: Curve, pid: number): TraceEvent[] =>
  at.map((moment, n) => ({
    ...{ name: `${title} (${unit})`, ph: "C", pid, tid: 0, ts: micros(moment) },
    args: { value: values[n] ?? 0 },
  }));
