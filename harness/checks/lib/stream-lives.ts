/**
 * The connections of one stream endpoint as the server saw them: when each was there, what was asked for on it, and how
 * it ended. Topics are told by what the client asked for, and separately by what it was given.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

export type Closed = JournalEvent<"connection.closed">;

export interface TopicLife {
  topic: string;
  /** Asked for; not carried out where a fault kept it from being. */
  askedAt: number;
  /** Carried out, undefined where it never was. */
  heldAt: number | undefined;
  /** Left again; undefined where it never was. */
  leftAt: number | undefined;
}

export interface StreamLife {
  endpoint: string;
  connection: string;
  path: string;
  /** The line where it opened. */
  opened: JournalEvent<"connection.opened">;
  closed: Closed | undefined;
  /** In the order they were asked for; a topic that was left and taken again is there twice. */
  topics: TopicLife[];
}

/** Those that became streams, in the order they did. */
export function streamLives(journal: JournalView, endpoint: string): StreamLife[] {
  const lives = new Map<string, StreamLife>();
  const paths = new Map<string, string>();
  for (const event of journal.events) {
    if (!("endpoint" in event) || event.endpoint !== endpoint || !("connection" in event)) continue;
    const life = lives.get(event.connection);
    if (event.type === "connection.upgrade-requested") paths.set(event.connection, event.path);
    else if (event.type === "connection.opened") {
      const { connection } = event;
      const path = paths.get(connection) ?? "";
      lives.set(connection, { endpoint, connection, path, opened: event, closed: undefined, topics: [] });
    } else if (life === undefined) continue;
    else if (event.type === "connection.closed") life.closed ??= event;
    else if (event.type === "exchange.stream-request") follow(life, event);
    else if (event.type === "connection.subscribed") {
      for (const topic of event.topics) hold(life, topic, event.at);
    }
  }
  return [...lives.values()];
}

function follow(life: StreamLife, { op, topics, at }: JournalEvent<"exchange.stream-request">): void {
  for (const topic of topics) {
    const newest = life.topics.findLast((one) => one.topic === topic && one.leftAt === undefined);
    if (op === "unsubscribe" && newest !== undefined) newest.leftAt = at;
    if (op === "subscribe" && newest === undefined) {
      life.topics.push({ topic, askedAt: at, heldAt: undefined, leftAt: undefined });
    }
  }
}

function hold(life: StreamLife, topic: string, at: number): void {
  const asked = life.topics.findLast((one) => one.topic === topic && one.leftAt === undefined);
  if (asked === undefined) life.topics.push({ topic, askedAt: at, heldAt: at, leftAt: undefined });
  else asked.heldAt ??= at;
}

/** Topics that the client had asked for and not left when the connection ended, or by a moment. */
export const wantedOf = ({ topics }: StreamLife): string[] =>
  topics.filter(({ leftAt }) => leftAt === undefined).map(({ topic }) => topic);

/** Whether a stream carries on where another ended: the same market, and a topic that was wanted there. */
export function carriesOn(successor: StreamLife, lost: StreamLife): boolean {
  const wanted = wantedOf(lost);
  return successor.path === lost.path && successor.topics.some(({ topic }) => wanted.includes(topic));
}

/** When a topic was carried out again on one of these, from a moment on; undefined where it never was. */
export function heldAgainAt(lives: readonly StreamLife[], topic: string, fromMs: number): number | undefined {
  const helds = lives
    .flatMap(({ topics }) => topics)
    .flatMap((one) => (one.topic === topic && one.heldAt !== undefined && one.heldAt >= fromMs ? [one.heldAt] : []));
  return helds.length === 0 ? undefined : Math.min(...helds);
}

/** Somebody else than the client ended it. */
export const wasLost = (life: StreamLife): life is StreamLife & { closed: Closed } =>
  life.closed !== undefined && life.closed.by !== "client";

export const closeText = ({ by, code, connection, how }: Closed): string => {
  if (how === "reset") return `the ${by} reset ${connection}`;
  if (code === 1006) return `the ${by} ended ${connection} without a close frame`;
  return `the ${by} closed ${connection} with ${code}${code === 1000 ? " (OK)" : ""}`;
};
