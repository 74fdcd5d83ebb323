/** The faults that landed, and what each hit when: the causes that losses are laid to. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { behindProxy } from "./behind-proxy.ts";
import { afterLanding } from "./landing.ts";

export interface Cause {
  fault: string;
  endpoint: string;
  landedAt: number;
  /** The line that proves its landing. */
  proof: JournalEvent | undefined;
  /** Whether what a line tells came after it. */
  precedes: (event: JournalEvent) => boolean;
  /** Infinity where it was never healed. */
  healedAt: number;
  /** The connections that it is known to have hit, each with the first time; by the names of the mocks. */
  hits: ReadonlyMap<string, JournalEvent>;
  /** What it hits stays open and hears nothing. */
  silences: boolean;
}

/** In the order they landed. */
export function causesOf(journal: JournalView): Cause[] {
  const hits = journal.all("rule.hit", "proxy.toxic-hit");
  const mockName = behindProxy(journal);
  return journal.all("fault.landed").flatMap(({ fault, proof, at }) => {
    const armed = journal.first("fault.armed", (event) => event.fault === fault);
    if (armed === undefined) return [];
    const healedAt = journal.first("fault.healed", (event) => event.fault === fault)?.at ?? Infinity;
    const { endpoint, silences = false } = armed;
    const proven = journal.events[proof];
    const rule = proven?.type === "rule.hit" ? proven.rule : undefined;
    const first = new Map<string, JournalEvent>();
    for (const hit of hits) {
      const name = hit.type === "rule.hit" ? ruleHit(hit, rule) : toxicHit(hit, fault, mockName);
      if (name !== undefined && !first.has(name)) first.set(name, hit);
    }
    return [
      {
        fault,
        endpoint,
        landedAt: at,
        proof: proven,
        precedes: afterLanding(journal, proof),
        healedAt,
        hits: first,
        silences,
      },
    ];
  });
}

const ruleHit = (hit: JournalEvent<"rule.hit">, rule: string | undefined): string | undefined =>
  hit.rule === rule ? hit.connection : undefined;

/** A fault's toxics are named `<fault>-<direction>`. */
const toxicHit = (
  { toxic, connection }: JournalEvent<"proxy.toxic-hit">,
  fault: string,
  mockName: (connection: string) => string | undefined,
): string | undefined =>
  /^(.*)-(?:upstream|downstream)$/.exec(toxic)?.[1] === fault ? mockName(connection) : undefined;

/** The newest cause that may have done to an endpoint what a line of the journal tells. */
export const causeOf = (causes: readonly Cause[], endpoint: string, event: JournalEvent): Cause | undefined =>
  causes.findLast((cause) => cause.precedes(event) && concerns(cause, endpoint));

/** A fault of the client's own process or clock concerns them all. */
export const concerns = (cause: Cause, endpoint: string): boolean =>
  cause.endpoint === endpoint || cause.endpoint === "client";

/** Whether the client was down by its operator's will, or the run's, at a moment; what ends then is no loss. */
export function operatorOff(journal: JournalView): { at(moment: number): boolean; nextAfter(moment: number): number } {
  const turns = journal.all("client.started", "client.stopping");
  const off = turns.filter((turn) => turn.type === "client.stopping" && turn.by !== "fault");
  return {
    at(moment) {
      const last = turns.findLast(({ at }) => at <= moment);
      return last?.type === "client.stopping" && last.by !== "fault";
    },
    nextAfter: (moment) => off.find(({ at }) => at > moment)?.at ?? Infinity,
  };
}
