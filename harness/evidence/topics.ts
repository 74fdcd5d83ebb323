/**
 * Which topics a client had on a stream endpoint and when, whatever connections carried them. From the server's side: a
 * topic is had while its subscription stands on a connection that is open.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { once } from "./once.ts";
import { streamsOf } from "./streams.ts";

export interface TopicSpan {
  connection: string;
  opened: JournalEvent<"connection.opened">;
  fromAt: number;
  /** Infinity where it was never left. */
  toAt: number;
}

export interface Topic {
  topic: string;
  path: string;
  /** In the order of their connections; they may overlap. */
  spans: TopicSpan[];
}

/** Every topic that was ever had; the same topic on another path is another one. */
export const topicsOf = once((journal: JournalView, endpoint: string): Topic[] => {
  const found = new Map<string, Topic>();
  for (const { path, topics, closed, connection, opened } of streamsOf(journal, endpoint)) {
    for (const { topic, heldAt, leftAt = Infinity } of topics) {
      if (heldAt === undefined) continue;
      const known = found.get(`${topic} ${path}`) ?? { topic, path, spans: [] };
      known.spans.push({ connection, opened, fromAt: heldAt, toAt: Math.min(leftAt, closed?.at ?? Infinity) });
      found.set(`${topic} ${path}`, known);
    }
  }
  return [...found.values()];
});

export const spansAt = ({ spans }: Topic, atMs: number): TopicSpan[] =>
  spans.filter(({ fromAt, toAt }) => fromAt <= atMs && atMs < toAt);

export const heldAt = (topic: Topic, atMs: number): boolean => spansAt(topic, atMs).length > 0;

/** From a moment on, when the topic was had; undefined where it never was again. */
export function heldFrom({ spans }: Topic, sinceMs: number): number | undefined {
  const since = spans.filter(({ toAt }) => toAt > sinceMs).map(({ fromAt }) => Math.max(fromAt, sinceMs));
  return since.length === 0 ? undefined : Math.min(...since);
}

/** It had been the client's before, and was gone at some moment of that time. */
export const wasMissing = (topic: Topic, fromMs: number, toMs: number): boolean =>
  topic.spans.some(({ fromAt }) => fromAt <= fromMs) &&
  (!heldAt(topic, fromMs) || topic.spans.some(({ toAt }) => toAt >= fromMs && toAt <= toMs && !heldAt(topic, toAt)));
