/**
 * Which topics a client had on a stream endpoint and when, whatever connections carried them. From the server's side: a
 * topic is had while its subscription stands on a connection that is open.
 */

import type { JournalView } from "../../../core/journal/view.ts";
import { streamLives } from "./stream-lives.ts";

export interface TopicSpans {
  topic: string;
  path: string;
  /** In the order they began; they may overlap. */
  spans: { fromAt: number; toAt: number }[];
}

export function topicSpans(journal: JournalView, endpoint: string): TopicSpans[] {
  const found = new Map<string, TopicSpans>();
  for (const { path, topics, closed } of streamLives(journal, endpoint)) {
    for (const { topic, heldAt, leftAt } of topics) {
      if (heldAt === undefined) continue;
      const known = found.get(`${topic} ${path}`) ?? { topic, path, spans: [] };
      known.spans.push({ fromAt: heldAt, toAt: Math.min(leftAt ?? Infinity, closed?.at ?? Infinity) });
      found.set(`${topic} ${path}`, known);
    }
  }
  return [...found.values()];
}

export const heldAt = ({ spans }: TopicSpans, atMs: number): boolean =>
  spans.some(({ fromAt, toAt }) => fromAt <= atMs && atMs < toAt);

/** From a moment on, when the topic was had; undefined where it never was again. */
export function heldFrom({ spans }: TopicSpans, sinceMs: number): number | undefined {
  const since = spans.filter(({ toAt }) => toAt > sinceMs).map(({ fromAt }) => Math.max(fromAt, sinceMs));
  return since.length === 0 ? undefined : Math.min(...since);
}

/** Whether the topic was gone at any moment of a time. */
export const wasMissing = (topic: TopicSpans, fromMs: number, toMs: number): boolean =>
  !heldAt(topic, fromMs) || topic.spans.some(({ toAt }) => toAt >= fromMs && toAt <= toMs && !heldAt(topic, toAt));
