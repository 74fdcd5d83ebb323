/** What the protocol faults of a stream met, with the name of what they did to it. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

export interface StreamHit {
  event: JournalEvent<"rule.hit">;
  /** `silence`, `stall`: a file in `mock-exchange/stream/faults/actions/`. */
  action: string;
  connection: string;
  /** Of a frame the one, of a request all, of a connection none. */
  topics: string[];
  at: number;
  /** When the rule was taken back; the end of the journal where it never was. */
  healedAt: number;
}

export function streamHits(journal: JournalView, endpoint: string): StreamHit[] {
  const rules = new Map(journal.all("exchange.stream-fault").map((fault) => [fault.rule, fault]));
  const ended = new Map(journal.all("rule.ended").map((end) => [end.rule, end]));
  const healed = new Map(journal.all("exchange.stream-healed").map(({ rule, at }) => [rule, at]));
  return journal.all("rule.hit").flatMap((event) => {
    const rule = rules.get(event.rule);
    if (event.endpoint !== endpoint || rule === undefined) return [];
    const end = ended.get(event.rule);
    // A rule that is used up has ended, but what it has set going has not.
    const healedAt = healed.get(event.rule) ?? (end?.why === "used-up" ? journal.endMs : (end?.at ?? journal.endMs));
    const words = event.subject.split(" ");
    const topics = rule.match.on === "topic" ? words : rule.match.on === "request" ? words.slice(1) : [];
    const { connection, at } = event;
    return [{ event, action: String(rule.action.do), connection, topics, at, healedAt }];
  });
}
