/** Trials by clients: a verdict in each cell, which leads to its trial. */

import type { ReportModel, TrialModel } from "../model.ts";
import { marks } from "./words.ts";

export function Matrix({ model, chosen }: { model: ReportModel; chosen: string | undefined }) {
  const { rows, clients, trials } = model;
  const of = (row: string, client: string): TrialModel[] =>
    trials.filter((trial) => trial.row === row && trial.client === client);
  return (
    <nav aria-label="Trials">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Trial</th>
            {clients.map((client) => (
              <th scope="col" key={client}>
                {client}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {clients.map((client) => (
                <td key={client}>
                  {of(row, client).map((trial) => (
                    <Cell key={trial.id} trial={trial} isChosen={trial.id === chosen} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </nav>
  );
}

function Cell({ trial: { id, state, checks }, isChosen }: { trial: TrialModel; isChosen: boolean }) {
  const failed = checks.filter(({ verdict }) => verdict === "fail").length;
  return (
    <a class={`cell ${state}`} href={`#${id}`} aria-current={isChosen ? "true" : undefined}>
      <span class="mark" aria-hidden="true">
        {marks[state]}
      </span>
      {state}
      {failed > 0 && <small>{` ${failed} of ${checks.length}`}</small>}
    </a>
  );
}
