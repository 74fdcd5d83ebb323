/** A curve, drawn by uPlot on the time axis of the lanes; a click shows what is behind the nearest point. */

import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { Curve } from "../../../evidence/timeline/marks.ts";
import type { TrialModel } from "../model.ts";
import type { Selection } from "./details.tsx";
import type { Range } from "./timeline.tsx";
import { dateText, number } from "./words.ts";

const height = 84;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- Axis.Side is an enum that uPlot has no code of
const right: uPlot.Axis.Side = 1;

interface Props {
  trial: TrialModel;
  curve: Curve;
  range: Range;
  whole: Range;
  zoom: (range: Range) => void;
  select: (selection: Selection) => void;
}

export function Chart({ trial, curve, range, zoom, select }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const made = new uPlot(options(curve, box, zoom), [curve.at, curve.values], box);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height }));
    sizes.observe(box);
    // Printed it is on white paper, whatever the screen's colours are.
    const schemes = ["(prefers-color-scheme: dark)", "print"].map((query) => matchMedia(query));
    const redraw = (): void => made.redraw();
    for (const scheme of schemes) scheme.addEventListener("change", redraw);
    return () => {
      sizes.disconnect();
      for (const scheme of schemes) scheme.removeEventListener("change", redraw);
      made.destroy();
    };
  }, [curve]);
  useEffect(() => plot.current?.setScale("x", { min: range[0], max: range[1] }), [range]);
  const behind = (): void => {
    const n = plot.current?.cursor.idx ?? 0;
    const at = curve.at[n] ?? 0;
    const line = curve.lines[n] ?? 0;
    const what = `${number(curve.values[n] ?? 0)} ${curve.unit}`;
    select({ key: `${curve.id} ${n}`, title: curve.title, at, until: null, what, lines: line === 0 ? [] : [line] });
  };
  const most = Math.max(...curve.values);
  const peak = dateText(trial.startMs + (curve.at[curve.values.indexOf(most)] ?? 0), trial.timezone);
  return (
    <div class="row">
      <span class="name">
        {curve.title}
        <small>
          {curve.draw === "points" && curve.at.length < curve.total
            ? `${number(curve.at.length)} of ${number(curve.total)} drawn`
            : curve.unit}
        </small>
      </span>
      <div
        class="track chart"
        ref={place}
        role="img"
        aria-label={`${curve.title}: at most ${number(most)} ${curve.unit}, at ${peak}`}
        onClick={behind}
      />
    </div>
  );
}

function options({ draw, unit }: Curve, box: HTMLElement, zoom: (range: Range) => void): uPlot.Options {
  // A canvas knows no light-dark(), so it gets colours that the style has settled.
  const colour = (of: "color" | "caretColor" | "borderTopColor") => (): string => getComputedStyle(box)[of];
  const points = draw === "points";
  return {
    width: box.clientWidth,
    height,
    legend: { show: false },
    padding: [6, 0, 6, 0],
    scales: { x: { time: false }, y: { range: (_, _min, max) => [0, (max > 0 ? max : 1) * 1.1] } },
    // Its gutter is as wide as the one that the lanes leave free at the right.
    axes: [
      { show: false },
      {
        ...{ side: right, size: 56, gap: 4, stroke: colour("caretColor"), font: "11px system-ui, sans-serif" },
        space: 24,
        grid: { stroke: colour("borderTopColor"), width: 1 },
        ticks: { show: false },
        values: (_, splits) => splits.map((value) => inUnit(value, unit)),
      },
    ],
    cursor: { y: false, sync: { key: "timeline" }, drag: { x: true, y: false, setScale: false } },
    hooks: {
      setSelect: [
        (self) => {
          const { left, width } = self.select;
          if (width > 3) zoom([self.posToVal(left, "x"), self.posToVal(left + width, "x")]);
          self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
    series: [
      {},
      {
        stroke: colour("color"),
        width: points ? 0 : 1.25,
        ...(points
          ? { paths: () => null, points: { show: true, size: 4, width: 0, fill: colour("color") } }
          : { paths: uPlot.paths.stepped?.({ align: 1 }), points: { show: false } }),
      } as uPlot.Series,
    ],
  };
}

function inUnit(value: number, unit: string): string {
  if (unit === "ms") return value >= 1_000 ? `${value / 1_000} s` : `${value} ms`;
  return `${value >= 1_000 ? `${Number((value / 1_000).toPrecision(3))}k` : value}${unit}`;
}
