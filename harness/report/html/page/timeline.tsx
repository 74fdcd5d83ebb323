/**
 * The lanes and curves of a trial over one time axis. Dragging over a curve shows that stretch alone, and so do the keys:
 * + and - on the whole, 0 for all of it, Page Up and Page Down to go along.
 */

import type { Timeline } from "../../../evidence/timeline/marks.ts";
import type { TrialModel } from "../model.ts";
import { Axis } from "./axis.tsx";
import { Chart } from "./chart.tsx";
import type { Selection } from "./details.tsx";
import { LaneView } from "./lane.tsx";
import { zoneText } from "./words.ts";

export type Range = readonly [number, number];

interface Props {
  trial: TrialModel;
  timeline: Timeline;
  whole: Range;
  range: Range;
  zoom: (range: Range) => void;
  selected: string | undefined;
  select: (selection: Selection) => void;
}

export function TimelineView({ trial, timeline, whole, range, zoom, selected, select }: Props) {
  const by = (factor: number, shift = 0): void => zoom(scaled(range, whole, factor, shift));
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (act === "all") zoom(whole);
    else by(...act);
  };
  const faults = timeline.lanes.find(({ id }) => id === "faults")?.marks ?? [];
  return (
    <section id="timeline" class="timeline" aria-labelledby="timeline-title" onKeyDown={onKeyDown}>
      <h3 id="timeline-title">Timeline</h3>
      <div class="tools" role="toolbar" aria-label="Part of the timeline that is shown">
        <button type="button" onClick={() => by(0.5)} title="+">
          Closer
        </button>
        <button type="button" onClick={() => by(2)} title="-">
          Farther
        </button>
        <button type="button" onClick={() => by(1, -0.5)} title="Page Up">
          Earlier
        </button>
        <button type="button" onClick={() => by(1, 0.5)} title="Page Down">
          Later
        </button>
        <button type="button" onClick={() => zoom(whole)} title="0">
          All
        </button>
        <small>
          Incident time, {zoneText(trial.startMs, trial.timezone)}. Tab to a lane, arrow keys along it, Enter for what
          is behind.
        </small>
      </div>
      <div class="stack">
        <div class="shades" aria-hidden="true">
          {faults
            .filter(({ tone, until }) => tone === "bad" && until !== null)
            .map(({ at, until }) => (
              <i key={at} style={placed(at, until ?? at, range)} />
            ))}
        </div>
        <Axis trial={trial} range={range} />
        {timeline.lanes.map((lane) => (
          <LaneView key={lane.id} {...{ lane, range, selected, select, trial }} />
        ))}
        {timeline.curves.map((curve) => (
          <Chart key={curve.id} {...{ curve, range, whole, zoom, select, trial }} />
        ))}
      </div>
    </section>
  );
}

const keys: Record<string, [factor: number, shift?: number] | "all"> = {
  ...{ "+": [0.5], "=": [0.5], "-": [2], "0": "all", PageUp: [1, -0.5], PageDown: [1, 0.5] },
};

const closestMs = 50;

function scaled([from, to]: Range, [first, last]: Range, factor: number, shift: number): Range {
  const width = Math.min(Math.max((to - from) * factor, closestMs), last - first);
  const middle = (from + to) / 2 + shift * (to - from);
  const start = Math.min(Math.max(middle - width / 2, first), last - width);
  return [start, start + width];
}

/** Where something is on the track, in shares of its width, cut to what is shown. */
export function placed(at: number, until: number, [from, to]: Range): { left: string; width: string } {
  const share = (moment: number): number => Math.min(Math.max((moment - from) / (to - from), -0.01), 1.01) * 100;
  return { left: `${share(at).toFixed(3)}%`, width: `${(share(until) - share(at)).toFixed(3)}%` };
}
