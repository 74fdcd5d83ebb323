/** What happened, in words; beside it what the report of the original incident says, where the scenario gives it. */

import type { StoryLine, TrialModel } from "../model.ts";
import { dateText, zoneText } from "./words.ts";

export function Story({ trial, lead }: { trial: TrialModel; lead: (at: number) => void }) {
  const { original, story, startMs, timezone } = trial;
  const all = [...original, ...story].toSorted((a, b) => a.at - b.at);
  if (all.length === 0) return null;
  const isOriginal = (line: StoryLine): boolean => line.line === null;
  return (
    <section aria-labelledby="story">
      <h3 id="story">{original.length > 0 ? "The incident and its replay" : "What happened"}</h3>
      <table class="story">
        <thead>
          <tr>
            <th scope="col">{zoneText(startMs, timezone)}</th>
            {original.length > 0 && <th scope="col">In report {trial.report}</th>}
            <th scope="col">In this replay</th>
          </tr>
        </thead>
        <tbody>
          {all.map((line, n) => (
            <tr key={n}>
              <td>
                <button type="button" class="lead" onClick={() => lead(line.at)}>
                  {dateText(startMs + line.at, timezone)}
                </button>
              </td>
              {original.length > 0 && <td class="then">{isOriginal(line) && line.what}</td>}
              <td>
                {!isOriginal(line) && (
                  <>
                    {line.what} <code class="place">journal.ndjson:{line.line}</code>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
