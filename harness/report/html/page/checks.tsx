/** The checks as a table, measured against target; each opens to its sentence and the lines that bear it out. */

import { useState } from "preact/hooks";
import type { CheckModel, JournalModel, TrialModel } from "../model.ts";
import { Proof } from "./proof.tsx";
import { dateText, marks } from "./words.ts";

interface Props {
  trial: TrialModel;
  files: JournalModel | undefined;
  lead: (at: number) => void;
}

export function Checks({ trial, files, lead }: Props) {
  return (
    <section aria-labelledby="checks">
      <h3 id="checks">Checks</h3>
      <table class="checks">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Check</th>
            <th scope="col">Measured</th>
            <th scope="col">Target</th>
          </tr>
        </thead>
        {trial.checks.map((check) => (
          <Check key={check.name} {...{ check, trial, files, lead }} />
        ))}
      </table>
    </section>
  );
}

function Check({ check, trial, files, lead }: Props & { check: CheckModel }) {
  const isNotable = check.verdict === "fail" || check.verdict === "unknown";
  const [isOpen, open] = useState(false);
  const { name, verdict, measured, target, message, evidence } = check;
  const id = `check-${name}`;
  return (
    <tbody class={verdict}>
      <tr>
        <td>
          <span class={`badge ${verdict}`}>
            <span aria-hidden="true">{marks[verdict]}</span> {verdict}
          </span>
        </td>
        <th scope="row">
          <button type="button" class="fold" aria-expanded={isOpen} aria-controls={id} onClick={() => open(!isOpen)}>
            {name}
          </button>
        </th>
        <td class="figure">{measured ?? "nothing"}</td>
        <td class="figure">{target}</td>
      </tr>
      {(isOpen || isNotable) && (
        <tr id={id} class="more">
          <td />
          <td colSpan={3}>
            <p>{message}</p>
            {isOpen &&
              evidence.map(({ line, at, what }) => (
                <div class="evidence" key={`${line} ${what}`}>
                  <button type="button" class="lead" onClick={() => lead(at)}>
                    {dateText(trial.startMs + at, trial.timezone)}
                  </button>{" "}
                  {what}
                  {files !== undefined && <Proof {...{ trial, files, at }} lines={[line]} logLines={6} />}
                </div>
              ))}
          </td>
        </tr>
      )}
    </tbody>
  );
}
