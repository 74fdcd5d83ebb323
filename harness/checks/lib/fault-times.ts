/** When each fault of the run was armed, hit and healed: the windows that checks measure in. */

import type { JournalView } from "../../../core/journal/view.ts";
import { faultText } from "../../fault.ts";

export interface FaultTimes {
  /** Its id in the journal. */
  fault: string;
  /** `server.rest`. */
  name: string;
  /** `server.rest status 403`. */
  what: string;
  endpoint: string;
  armedAt: number;
  /** Only faults that hit are told of: of the others the run's validity speaks. */
  landedAt: number;
  /** The line that proves the landing. */
  proof: number;
  /** The end of the journal where it was never healed. */
  healedAt: number;
}

/** Those that landed, in the order they were armed. */
export function faultTimes(journal: JournalView): FaultTimes[] {
  return journal.all("fault.armed").flatMap((armed) => {
    const { fault, name, endpoint, at } = armed;
    const landed = journal.first("fault.landed", (event) => event.fault === fault);
    if (landed === undefined) return [];
    const healed = journal.first("fault.healed", (event) => event.fault === fault);
    const { proof, at: landedAt } = landed;
    return [
      {
        fault,
        name,
        what: faultText(armed),
        endpoint,
        armedAt: at,
        landedAt,
        proof,
        healedAt: healed?.at ?? journal.endMs,
      },
    ];
  });
}

/** Those that do the client any harm: a server that only asks whether it is there (the action `probe`) does none. */
export const troubles = (journal: JournalView): FaultTimes[] =>
  faultTimes(journal).filter(({ what }) => !what.startsWith("server.stream probe"));

/** The last moment of the client's own doing: when it was told to stop, ended, or the journal does. */
export function clientEndMs(journal: JournalView): number {
  const end = journal.all("client.stopping", "client.exited", "client.started").at(-1);
  if (end === undefined || end.type === "client.started") return journal.endMs;
  if (end.type === "client.stopping" || !end.expected) return end.at;
  return journal.last("client.stopping")?.at ?? end.at;
}
