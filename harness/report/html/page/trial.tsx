/** One trial: what became of it, its checks, its timeline, and what is behind whatever was clicked. */

import { useCallback, useState } from "preact/hooks";
import type { JournalModel, TrialModel } from "../model.ts";
import { Checks } from "./checks.tsx";
import { Details, type Selection } from "./details.tsx";
import { Story } from "./story.tsx";
import { TimelineView, type Range } from "./timeline.tsx";
import { marks } from "./words.ts";

/** How much is shown around a moment that one is led to, of the whole. */
const closeUp = 0.02;

export function Trial({ trial, files }: { trial: TrialModel; files: JournalModel | undefined }) {
  const { timeline, state } = trial;
  const whole: Range = [timeline?.fromAt ?? 0, timeline?.toAt ?? 1];
  const [range, zoom] = useState(whole);
  const [selection, select] = useState<Selection>();
  const lead = useCallback((at: number) => {
    const half = Math.max((whole[1] - whole[0]) * closeUp, 5_000);
    zoom([Math.max(at - half, whole[0]), Math.min(at + half, whole[1])]);
    document.getElementById("timeline")?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <article aria-labelledby="trial">
      <h2 id="trial">
        <span class={`badge ${state}`}>
          <span aria-hidden="true">{marks[state]}</span> {state}
        </span>
        {trial.row} × {trial.client}
      </h2>
      <p class="title">
        {trial.title}{" "}
        <small>
          ({trial.report === "" ? "" : `report ${trial.report}; `}
          {trial.facts})
        </small>
      </p>
      {trial.reason !== null && <p class="reason">{trial.reason}</p>}
      {trial.again !== null && (
        <p class="again">
          To play it again: <code>{trial.again}</code>
        </p>
      )}
      {trial.checks.length > 0 && <Checks trial={trial} files={files} lead={lead} />}
      {timeline !== null && (
        <TimelineView {...{ trial, timeline, range, zoom, whole }} selected={selection?.key} select={select} />
      )}
      {selection !== undefined && files !== undefined && (
        <Details trial={trial} files={files} selection={selection} close={() => select(undefined)} />
      )}
      <Story trial={trial} lead={lead} />
    </article>
  );
}
