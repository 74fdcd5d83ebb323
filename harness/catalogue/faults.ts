/** All faults, found by path: what there is to break, and what each needs. */

import { loadFolder } from "../../core/load-folder.ts";
import type { FaultKind } from "../incident/fault.ts";

/** Where a fault acts: on the wire, in a server, on the client's process, on its date. */
export const faultGroups = ["network", "server", "process", "clock"] as const;

export interface ListedFault {
  /** `process.kill`: its group and file. */
  name: string;
  summary: string;
  /** The actions (`do`) it has to choose from, where it has some. */
  actions: string[];
  /** What a run must have for it; without it the run is not applicable. */
  needs: string[];
}

export async function allFaults(): Promise<ListedFault[]> {
  const groups = await Promise.all(
    faultGroups.map(async (group) => {
      const files = await loadFolder<FaultKind>(new URL(`../faults/${group}/`, import.meta.url));
      return Promise.all(
        files.map(async ({ name, value: { summary, actions, needs } }) => ({
          name: `${group}.${name}`,
          summary,
          actions: actions === undefined ? [] : (await loadFolder(actions)).map((action) => action.name),
          needs: needs.map(({ what }) => what),
        })),
      );
    }),
  );
  return groups.flat();
}
