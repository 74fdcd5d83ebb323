/** One lane. It is one stop of the tabulator; the arrow keys go along its marks. */

import { useRef, useState } from "preact/hooks";
import type { Lane, Mark } from "../../../evidence/timeline/marks.ts";
import type { TrialModel } from "../model.ts";
import type { Selection } from "./details.tsx";
import { placed, type Range } from "./timeline.tsx";
import { dateText, number } from "./words.ts";

const rowHeight = { roomy: 20, dense: 9 };
/** From so many rows on they are low, so that a lane stays in sight. */
const denseFrom = 5;

interface Props {
  trial: TrialModel;
  lane: Lane;
  range: Range;
  selected: string | undefined;
  select: (selection: Selection) => void;
}

export function LaneView({ trial, lane, range, selected, select }: Props) {
  const { id, title, marks, rows, total, toneOfEnd } = lane;
  const height = rows >= denseFrom ? rowHeight.dense : rowHeight.roomy;
  const track = useRef<HTMLDivElement>(null);
  const [current, go] = useState(0);
  const shown = marks.map((mark, n) => [mark, n] as const).filter(([mark]) => isIn(mark, range));
  const along = (event: KeyboardEvent): void => {
    const place = shown.findIndex(([, n]) => n === current);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: shown.length - 1 }[event.key];
    const target = next === undefined ? undefined : shown[Math.min(Math.max(next, 0), shown.length - 1)];
    if (target === undefined) return;
    event.preventDefault();
    go(target[1]);
    track.current?.querySelector<HTMLElement>(`[data-n="${target[1]}"]`)?.focus();
  };
  const stop = shown.some(([, n]) => n === current) ? current : shown[0]?.[1];
  return (
    <div class="row">
      <span class="name">
        {title}
        <small>{marks.length < total ? `${number(marks.length)} of ${number(total)} drawn` : number(total)}</small>
      </span>
      <div
        class="track"
        ref={track}
        role="group"
        aria-label={title}
        onKeyDown={along}
        style={{ height: `${rows * height + 6}px` }}
      >
        {shown.map(([mark, n]) => {
          const { at, until, what, tone, row, lines } = mark;
          const label = `${dateText(trial.startMs + at, trial.timezone)} ${what}`;
          const key = `${id} ${n}`;
          return (
            <button
              key={n}
              type="button"
              data-n={n}
              class={`bar ${tone}${until === null ? " moment" : toneOfEnd === true ? " life" : ""}`}
              tabIndex={n === stop ? 0 : -1}
              aria-pressed={key === selected}
              title={label}
              aria-label={label}
              style={{ ...placed(at, until ?? at, range), top: `${row * height + 3}px`, height: `${height - 2}px` }}
              onFocus={() => go(n)}
              onClick={() => select({ key, title, at, until, what, lines })}
            >
              {height === rowHeight.roomy && until !== null ? <span>{what}</span> : null}
            </button>
          );
        })}
      </div>
    </div>
  );
}

const isIn = ({ at, until }: Mark, [from, to]: Range): boolean => at <= to && (until ?? at) >= from;
