/** Lines of the journal, and of the log around their moment, each with its file and number as an editor counts. */

import { useEffect, useState } from "preact/hooks";
import type { Excerpt, JournalModel, TrialModel } from "../model.ts";
import { linesOf, logAround } from "./lines.ts";

type Numbered = [number, string][];

interface Props {
  trial: TrialModel;
  files: JournalModel;
  /** Of the journal. */
  lines: readonly number[];
  at: number;
  logLines: number;
}

export function Proof({ trial, files, lines, at, logLines }: Props) {
  const [found, show] = useState<{ journal: Numbered; log: Numbered }>();
  useEffect(() => {
    let isWanted = true;
    void Promise.all([linesOf(files.journal), linesOf(files.log)]).then(([journal, log]) => {
      if (!isWanted) return;
      show({
        journal: lines.map((line) => [line, journal.get(line) ?? "(this line is in the file, not in the report)"]),
        log: logAround(log, trial.startMs + at, logLines),
      });
    });
    return () => void (isWanted = false);
  }, [files, lines.join(), at]);
  if (found === undefined) return <p class="waits">Unpacking the journal.</p>;
  return (
    <div class="proof">
      <Quote excerpt={files.journal} lines={found.journal} />
      {found.log.length > 0 && <Quote excerpt={files.log} lines={found.log} />}
    </div>
  );
}

function Quote({ excerpt: { path, lines: held, total }, lines }: { excerpt: Excerpt; lines: Numbered }) {
  return (
    <figure>
      <figcaption>
        {path}
        {held < total && <small>{` (${held} of its ${total} lines are in this report)`}</small>}
      </figcaption>
      <ol>
        {lines.map(([line, text]) => (
          <li key={line}>
            <code class="place">:{line}</code>
            <code>{text}</code>
          </li>
        ))}
      </ol>
    </figure>
  );
}
