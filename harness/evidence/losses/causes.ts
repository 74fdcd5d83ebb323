/** The faults that landed and do any harm, and what each hit when: the causes that losses are laid to. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { troublesOf, type FaultSpan } from "../faults.ts";
import { behindProxy } from "./behind-proxy.ts";
import { afterLanding } from "./landing.ts";

export interface Cause extends FaultSpan {
  /** Whether what a line reports came after its landing. */
  precedes: (event: JournalEvent) => boolean;
  /** The connections that it is known to have hit, each with the first time; by the names of the mocks. */
  hits: ReadonlyMap<string, JournalEvent>;
}

/** In the order they landed. */
export function causesOf(journal: JournalView): Cause[] {
  const hits = journal.all("rule.hit", "proxy.toxic-hit");
  const mockName = behindProxy(journal);
  return troublesOf(journal)
    .toSorted((a, b) => a.landedAt - b.landedAt)
    .map((fault) => {
      const first = new Map<string, JournalEvent>();
      for (const hit of hits) {
        const own = hit.type === "rule.hit" ? fault.rules.includes(hit.rule) : fault.toxics.includes(hit.toxic);
        const name = hit.type === "rule.hit" ? hit.connection : mockName(hit.connection);
        if (own && name !== undefined && !first.has(name)) first.set(name, hit);
      }
      return { ...fault, precedes: afterLanding(journal, fault.proof), hits: first };
    });
}

/** The newest cause that may have done to an endpoint what a line of the journal reports. */
export const causeOf = (causes: readonly Cause[], endpoint: string, event: JournalEvent): Cause | undefined =>
  causes.findLast((cause) => cause.precedes(event) && concerns(cause, endpoint));

/** A fault of the client's own process or clock concerns them all. */
export const concerns = (cause: Cause, endpoint: string): boolean =>
  cause.endpoint === endpoint || cause.endpoint === "client";
