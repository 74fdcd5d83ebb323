/**
 * Which topic of which connection a stream fault's rule hit, and by what action: the moments that checks of single
 * topics measure from.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

export interface TopicHit {
  hit: JournalEvent<"rule.hit">;
  at: number;
  topic: string;
  connection: string;
  /** The action's name: `gap`. */
  did: string;
}

/** In the order they hit. A hit on something else than a topic's frame is not among them. */
export function topicHits(journal: JournalView, endpoint: string): TopicHit[] {
  const actions = new Map<string, string>();
  for (const { rule, match, action } of journal.all("exchange.stream-fault")) {
    if (match.on === "topic") actions.set(rule, String(action.do));
  }
  return journal.all("rule.hit").flatMap((hit) => {
    const did = actions.get(hit.rule);
    if (did === undefined || hit.endpoint !== endpoint) return [];
    return [{ hit, at: hit.at, topic: hit.subject, connection: hit.connection, did }];
  });
}
