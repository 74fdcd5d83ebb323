/**
 * A client's connections to a stream endpoint, each with its whole life: dialled, opened, authenticated, what it asked
 * for and got, and how it ended. From the server's side. Dials that became no stream are in `dials.ts`.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { once } from "./once.ts";

export type Closed = JournalEvent<"connection.closed">;
export type StreamRequest = JournalEvent<"exchange.stream-request">;

export interface TopicLife {
  topic: string;
  /** Asked for; not carried out where a fault kept it from being. */
  askedAt: number;
  /** Carried out, undefined where it never was. */
  heldAt: number | undefined;
  /** Left again; undefined where it never was. */
  leftAt: number | undefined;
}

export interface Stream {
  endpoint: string;
  connection: string;
  path: string;
  dialledAt: number;
  /** The line where it opened. */
  opened: JournalEvent<"connection.opened">;
  closed: Closed | undefined;
  authenticatedAt: number | null;
  subscribedAt: number | null;
  fedAt: number | null;
  /** The client's answer to the server's close frame: it has read it. */
  closeAnswered: JournalEvent<"connection.close-answered"> | undefined;
  /** What the client sent. */
  requests: StreamRequest[];
  /** The event with which the answer "yes" to its auth went out; undefined where none did. */
  authAck: JournalEvent | undefined;
  /** In the order they were asked for; a topic that was left and taken again is there twice. */
  topics: TopicLife[];
}

/** Those that became streams, in the order they did. */
export const streamsOf = once((journal: JournalView, endpoint: string): Stream[] => {
  const streams = new Map<string, Stream>();
  const paths = new Map<string, string>();
  const dialled = new Map<string, number>();
  for (const event of journal.events) {
    if (!("endpoint" in event) || event.endpoint !== endpoint || !("connection" in event)) continue;
    const { connection, at } = event;
    const stream = streams.get(connection);
    if (event.type === "connection.dialled") dialled.set(connection, at);
    else if (event.type === "connection.upgrade-requested") paths.set(connection, event.path);
    else if (event.type === "connection.opened") {
      const path = paths.get(connection) ?? "";
      streams.set(connection, {
        ...unused,
        endpoint,
        connection,
        path,
        dialledAt: dialled.get(connection) ?? at,
        opened: event,
        requests: [],
        topics: [],
      });
    } else if (stream !== undefined) follow(stream, event);
  }
  return [...streams.values()];
});

const unused = {
  ...{ closed: undefined, closeAnswered: undefined, authAck: undefined },
  ...{ authenticatedAt: null, subscribedAt: null, fedAt: null },
};

function follow(stream: Stream, event: JournalEvent): void {
  const { at } = event;
  if (event.type === "connection.closed") stream.closed ??= event;
  else if (event.type === "connection.close-answered") stream.closeAnswered ??= event;
  else if (event.type === "connection.authenticated") stream.authenticatedAt ??= at;
  else if (event.type === "connection.fed") stream.fedAt ??= at;
  else if (event.type === "exchange.stream-answered" && event.op === "auth") stream.authAck ??= event;
  else if (event.type === "exchange.stream-request") {
    stream.requests.push(event);
    if (event.op === "auth" && event.success && event.answered) stream.authAck ??= event;
    for (const topic of event.topics) asked(stream, event.op, topic, at);
  } else if (event.type === "connection.subscribed") {
    stream.subscribedAt ??= at;
    for (const topic of event.topics) held(stream, topic, at);
  }
}

const current = (stream: Stream, wanted: string): TopicLife | undefined =>
  stream.topics.findLast(({ topic, leftAt }) => topic === wanted && leftAt === undefined);

function asked(stream: Stream, op: string, topic: string, at: number): void {
  const newest = current(stream, topic);
  if (op === "unsubscribe" && newest !== undefined) newest.leftAt = at;
  if (op === "subscribe" && newest === undefined) {
    stream.topics.push({ topic, askedAt: at, heldAt: undefined, leftAt: undefined });
  }
}

function held(stream: Stream, topic: string, at: number): void {
  const newest = current(stream, topic);
  if (newest === undefined) stream.topics.push({ topic, askedAt: at, heldAt: at, leftAt: undefined });
  else newest.heldAt ??= at;
}

/** A subscription that was refused, or not carried out without a word. */
export const isRefused = ({ op, success, answered, text }: StreamRequest): boolean =>
  op === "subscribe" && (!success || (!answered && text !== ""));

/** Topics that the client had asked for and not left when the connection ended, or by the end. */
export const wantedOf = ({ topics }: Stream): string[] =>
  topics.filter(({ leftAt }) => leftAt === undefined).map(({ topic }) => topic);

/** Whether a stream carries on where another ended: the same market, and a topic that was wanted there. */
export function carriesOn(successor: Stream, lost: Stream): boolean {
  const wanted = wantedOf(lost);
  return successor.path === lost.path && successor.topics.some(({ topic }) => wanted.includes(topic));
}

/** When a topic was carried out again on one of these, from a moment on; undefined where it never was. */
export function heldAgainAt(streams: readonly Stream[], wanted: string, fromMs: number): number | undefined {
  const since = streams
    .flatMap(({ topics }) => topics)
    .flatMap(({ topic, heldAt }) => (topic === wanted && heldAt !== undefined && heldAt >= fromMs ? [heldAt] : []));
  return since.length === 0 ? undefined : Math.min(...since);
}

/** Somebody else than the client ended it. */
export const wasLost = (stream: Stream): stream is Stream & { closed: Closed } =>
  stream.closed !== undefined && stream.closed.by !== "client";

/** `the server closed public-1 with 1000 (OK)`: the one way to say how a connection ended. */
export const closeText = ({ by, code, connection, how }: Closed): string => {
  if (how === "reset") return `the ${by} reset ${connection}`;
  if (code === 1006) return `the ${by} ended ${connection} without a close frame`;
  return `the ${by} closed ${connection} with ${code}${code === 1000 ? " (OK)" : ""}`;
};
