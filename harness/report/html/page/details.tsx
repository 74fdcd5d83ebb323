/** What is behind a mark of the timeline. */

import { useEffect, useRef } from "preact/hooks";
import type { JournalModel, TrialModel } from "../model.ts";
import { Proof } from "./proof.tsx";
import { dateText, zoneText } from "./words.ts";

export interface Selection {
  key: string;
  title: string;
  at: number;
  until: number | null;
  what: string;
  lines: readonly number[];
}

interface Props {
  trial: TrialModel;
  files: JournalModel;
  selection: Selection;
  close: () => void;
}

export function Details({ trial, files, selection, close }: Props) {
  const { title, at, until, what, lines } = selection;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") close();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [close]);
  const date = (moment: number): string => dateText(trial.startMs + moment, trial.timezone, true);
  return (
    <aside ref={panel} class="details" aria-live="polite" aria-label="What is behind it">
      <button type="button" class="close" onClick={close} aria-label="Close">
        ×
      </button>
      <h3>
        {title}: {what}
      </h3>
      <p>
        {date(at)}
        {until !== null && ` to ${date(until)}`} {zoneText(trial.startMs + at, trial.timezone)}
      </p>
      <Proof {...{ trial, files, at }} lines={lines.toSorted((a, b) => a - b)} logLines={12} />
    </aside>
  );
}
