/**
 * The faults of a run: when each was armed, hit and healed, and what the rules and toxics that it left in the testbed
 * met. Faults that never landed are not here: only `armedOf` knows them, for the run's validity.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { faultText } from "../incident/fault.ts";
import { once } from "./once.ts";

export interface FaultSpan {
  /** Its id in the journal. */
  fault: string;
  /** `server.rest`. */
  name: string;
  /** `server.rest status 403`. */
  what: string;
  endpoint: string;
  armedAt: number;
  /** The first line that it may have caused: a fault may act before its arming is over. */
  fromLine: number;
  landedAt: number;
  /** The line that proves the landing, and that event. */
  proof: number;
  proven: JournalEvent;
  /** The end of the journal where it was never healed. */
  healedAt: number;
  /** Infinity there. */
  overAt: number;
  /** What it meets stays open and hears nothing. */
  silences: boolean;
  harmless: boolean;
  rules: readonly string[];
  toxics: readonly string[];
}

/** The lines of a fault, whether it landed or not. */
export interface Armed {
  armed: JournalEvent<"fault.armed">;
  landed: JournalEvent<"fault.landed"> | undefined;
  healed: JournalEvent<"fault.healed"> | undefined;
}

/** In the order they were armed. */
export const armedOf = once((journal: JournalView): Armed[] =>
  journal.all("fault.armed").map((armed) => ({
    armed,
    landed: journal.first("fault.landed", ({ fault }) => fault === armed.fault),
    healed: journal.first("fault.healed", ({ fault }) => fault === armed.fault),
  })),
);

/** Those that landed, in the order they were armed. */
export const faultsOf = once((journal: JournalView): FaultSpan[] =>
  armedOf(journal).flatMap(({ armed, landed, healed }): FaultSpan[] => {
    const { fault, name, endpoint, silences = false, harmless = false, rules = [], toxics = [] } = armed;
    if (landed === undefined) return [];
    const fromLine = armed.fromLine ?? armed.seq;
    const times = { armedAt: armed.at, fromLine, landedAt: landed.at, healedAt: healed?.at ?? journal.endMs };
    const proof = { proof: landed.proof, proven: journal.line(landed.proof) ?? landed };
    const overAt = healed?.at ?? Infinity;
    const does = { silences, harmless, rules, toxics };
    return [{ fault, name, what: faultText(armed), endpoint, ...times, ...proof, overAt, ...does }];
  }),
);

/** Those that do the client any harm. */
export const troublesOf = (journal: JournalView): FaultSpan[] => faultsOf(journal).filter(({ harmless }) => !harmless);

/** A protocol fault of a stream met something. */
export interface Hit {
  event: JournalEvent<"rule.hit">;
  at: number;
  connection: string;
  /** `gap`, `stall`: a file in `mock-exchange/stream/faults/actions/`. */
  action: string;
  /** Whether it met a data frame of its topic. */
  onFrame: boolean;
  /** Of a frame the one, of a request all, of a connection none. */
  topics: readonly string[];
  /** When the rule was taken back; the end of the journal where it never was. */
  healedAt: number;
}

/** What the protocol faults of a stream met, in order. */
export const hitsOf = once((journal: JournalView, endpoint: string): Hit[] => {
  const rules = new Map(journal.all("exchange.stream-fault").map((fault) => [fault.rule, fault]));
  const ended = new Map(journal.all("rule.ended").map((end) => [end.rule, end]));
  const healed = new Map(journal.all("exchange.stream-healed").map(({ rule, at }) => [rule, at]));
  return journal.all("rule.hit").flatMap((event): Hit[] => {
    const rule = rules.get(event.rule);
    if (event.endpoint !== endpoint || rule === undefined) return [];
    const end = ended.get(event.rule);
    // A rule that is used up has ended, but what it has set going has not.
    const endedAt = end === undefined || end.why === "used-up" ? journal.endMs : end.at;
    const healedAt = healed.get(event.rule) ?? endedAt;
    const { at, connection, topics = [] } = event;
    return [
      { event, at, connection, action: String(rule.action.do), onFrame: rule.match.on === "topic", topics, healedAt },
    ];
  });
});

/** A hit on a data frame, with the topic that it was of. */
export const frameHitsOf = (journal: JournalView, endpoint: string): (Hit & { topic: string })[] =>
  hitsOf(journal, endpoint).flatMap((hit) => (hit.onFrame ? hit.topics.map((topic) => ({ ...hit, topic })) : []));
