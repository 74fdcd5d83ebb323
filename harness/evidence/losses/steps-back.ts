/**
 * How a client came back from the losses of a stream. A lost connection's successor is dialled after the loss, on the
 * same path, and takes up one of its topics. Where no topics distinguish them, each of several connections lost at
 * the same time needs one of its own.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { speaksUnasked } from "../../incident/endpoints.ts";
import { heldAgainAt, wantedOf, type Stream } from "../streams.ts";
import { reportsOf } from "../telemetry.ts";
import { earliest, noSteps, type Loss, type Steps } from "./loss.ts";

/** A lost connection before it is known what became of it. */
export interface Lost extends Pick<Loss, "endpoint" | "fault" | "how" | "at"> {
  connection: string;
  path: string;
  event: JournalEvent;
  /** Its life; undefined for a dial that never became a stream. */
  stream: Stream | undefined;
  /** When the client ended it; null where it did not. */
  gaveUpAt: number | null;
}

export interface StepsOptions {
  /** How much sooner than the server hears of the loss the client may have dialled, incident ms. */
  lateMs: number;
  /** The client's operator stops it then; what it does after another start is no answer to the loss. */
  untilMs: (lostAt: number) => number;
}

/** When the client reported that it had lost an endpoint: telemetry `{"firedrill":"state","endpoint":…,"state":"DISCONNECTED"}`. */
export const reportedDownOf = (journal: JournalView, endpoint: string): number[] =>
  reportsOf(journal, "state").flatMap(({ at, data }) =>
    data.endpoint === endpoint && data.state === "DISCONNECTED" ? [at] : [],
  );

/** @param losses In the order they happened. */
export function stepsBack(
  streams: readonly Stream[],
  reported: readonly number[],
  losses: readonly Lost[],
  { lateMs, untilMs }: StepsOptions,
): { lost: Lost; steps: Steps }[] {
  const carriers = new Map<string, Lost[]>();
  return losses.map((lost) => {
    const topics = lost.stream === undefined ? [] : wantedOf(lost.stream);
    const until = untilMs(lost.at);
    const free = (line: Stream): boolean =>
      topics.length > 0 || !(carriers.get(line.connection) ?? []).some((other) => sideBySide(other, lost));
    const successors = streams.filter(
      (line) =>
        line.dialledAt >= lost.at - lateMs &&
        line.opened.at <= until &&
        line !== lost.stream &&
        line.path === lost.path &&
        takesUp(line, topics) &&
        free(line),
    );
    const carrier = successors.find((line) => isBack(lost, line, topics)) ?? successors[0];
    if (carrier !== undefined) carriers.set(carrier.connection, [...(carriers.get(carrier.connection) ?? []), lost]);
    const down = reportedDown(reported, lost, { lateMs, until });
    return { lost, steps: steps(lost, { topics, successors, carrier, reported: down }) };
  });
}

/** Of a connection that a fault made silent and that went on by itself. */
export function backOnItsOwn(
  reports: readonly number[],
  { at, connection, stream: line }: Lost,
  healedAt: number | null,
): Steps {
  const again = line?.topics.find(({ askedAt }) => askedAt > at && askedAt <= (healedAt ?? Infinity))?.askedAt;
  const left = line?.topics.find(({ leftAt = -1 }) => leftAt > at && leftAt <= (healedAt ?? Infinity))?.leftAt;
  const reported = reports.find((moment) => moment >= at);
  const carrier = line === undefined ? null : { connection, openedAt: line.opened.at };
  return { ...noSteps, detectedAt: earliest(again, left, reported), carrier, fedAt: null, backAt: healedAt };
}

/** What the client reports a little before the server hears of the loss counts from there. */
function reportedDown(
  all: readonly number[],
  { at, stream: line }: Lost,
  { lateMs, until }: { lateMs: number; until: number },
): number | undefined {
  const since = Math.max(at - lateMs, line?.opened.at ?? -Infinity);
  const before = all.some((moment) => moment > since && moment < at);
  return before ? at : all.find((moment) => moment >= at && moment <= until);
}

function steps(
  lost: Lost,
  found: {
    topics: readonly string[];
    successors: readonly Stream[];
    carrier: Stream | undefined;
    reported: number | undefined;
  },
): Steps {
  const { topics, successors, carrier, reported } = found;
  const [first] = successors;
  const detectedAt = earliest(lost.gaveUpAt, lost.stream?.closeAnswered?.at, reported, first?.dialledAt);
  const dialledAt = first?.dialledAt ?? null;
  if (carrier === undefined) return { ...noSteps, detectedAt, dialledAt, openedAt: first?.opened.at ?? null };
  const resubscribedAt = topics.length === 0 ? carrier.subscribedAt : heldAgain(successors, topics);
  return {
    detectedAt,
    dialledAt,
    openedAt: first?.opened.at ?? null,
    carrier: { connection: carrier.connection, openedAt: carrier.opened.at },
    authenticatedAt: carrier.authenticatedAt,
    subscribedAt: carrier.subscribedAt,
    resubscribedAt,
    fedAt: carrier.fedAt,
    backAt: backAt(lost, carrier, topics),
  };
}

/** Both were there at once, so that each needs a successor; else the later one may be an attempt to replace the first. */
const sideBySide = (a: Lost, b: Lost): boolean =>
  (a.stream?.dialledAt ?? a.at) < b.at && (b.stream?.dialledAt ?? b.at) < a.at;

/** A connection that has taken up nothing yet may be meant for anything. */
const takesUp = (line: Stream, topics: readonly string[]): boolean =>
  topics.length === 0 || line.topics.length === 0 || line.topics.some(({ topic }) => topics.includes(topic));

/** When all of them are held, over all successors. */
function heldAgain(successors: readonly Stream[], topics: readonly string[]): number | null {
  const moments = topics.map((topic) => heldAgainAt(successors, topic, -Infinity));
  return moments.some((moment) => moment === undefined) ? null : Math.max(...moments.map((moment) => moment ?? 0));
}

const isBack = (lost: Lost, line: Stream, topics: readonly string[]): boolean => backAt(lost, line, topics) !== null;

function backAt({ endpoint }: Pick<Loss, "endpoint">, line: Stream, topics: readonly string[]): number | null {
  if (speaksUnasked(endpoint)) return line.fedAt;
  return topics.length > 0 ? line.subscribedAt : line.authenticatedAt;
}
