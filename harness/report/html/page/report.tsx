/** The whole page: the verdict, the matrix, and the trial that is looked at. */

import { useEffect, useState } from "preact/hooks";
import type { ReportModel, TrialModel } from "../model.ts";
import { Matrix } from "./matrix.tsx";
import { Trial } from "./trial.tsx";
import { marks } from "./words.ts";

const chosenIn = (trials: readonly TrialModel[]): TrialModel | undefined =>
  trials.find(({ id }) => `#${id}` === location.hash) ??
  trials.find(({ state }) => state === "fail") ??
  trials.find(({ state }) => state !== "pass" && state !== "not-applicable") ??
  trials[0];

export function Report({ model }: { model: ReportModel }) {
  const [trial, choose] = useState(chosenIn(model.trials));
  useEffect(() => {
    const follow = (): void => choose(chosenIn(model.trials));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [model]);
  return (
    <>
      <header>
        <p class="brand">Firedrill</p>
        <h1 class={model.state}>
          <span class="mark" aria-hidden="true">
            {marks[model.state]}
          </span>
          {model.sentence}
        </h1>
        <dl class="facts">
          {model.facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </header>
      <main>
        <Matrix model={model} chosen={trial?.id} />
        {trial !== undefined && (
          <Trial
            key={trial.id}
            trial={trial}
            files={trial.journal === null ? undefined : model.journals[trial.journal]}
          />
        )}
      </main>
    </>
  );
}
