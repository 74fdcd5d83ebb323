/**
 * How a client came back from the losses of a stream. A lost connection's successor is dialled after the loss, on the
 * same path, and takes up one of its topics. Where there are none that would tell, each of several connections lost at
 * the same time needs one of its own.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import { heldAgainAt, wantedOf } from "../../checks/lib/stream-lives.ts";
import { earliest, noSteps, type Loss, type Steps } from "./loss.ts";
import type { Line, StreamRecord } from "./stream-record.ts";

/** A lost connection before it is known what became of it. */
export interface Lost extends Pick<Loss, "endpoint" | "fault" | "how" | "at"> {
  connection: string;
  path: string;
  event: JournalEvent;
  /** Its life; undefined for a dial that never became a stream. */
  line: Line | undefined;
  /** When the client ended it; null where it did not. */
  gaveUpAt: number | null;
}

export interface StepsOptions {
  /** How much sooner than the server hears of the loss the client may have dialled, incident ms. */
  lateMs: number;
  /** The client's operator stops it then; what it does after another start is no answer to the loss. */
  untilMs: (lostAt: number) => number;
}

/** These send data unasked, so a connection without any is not back. The others speak when something happens. */
const speakUnasked: ReadonlySet<string> = new Set(["exchange-public", "signal"]);

/** @param losses In the order they happened. */
export function stepsBack(
  record: StreamRecord,
  losses: readonly Lost[],
  { lateMs, untilMs }: StepsOptions,
): { lost: Lost; steps: Steps }[] {
  const carriers = new Map<string, Lost[]>();
  return losses.map((lost) => {
    const topics = lost.line === undefined ? [] : wantedOf(lost.line);
    const until = untilMs(lost.at);
    const free = (line: Line): boolean =>
      topics.length > 0 || !(carriers.get(line.connection) ?? []).some((other) => sideBySide(other, lost));
    const successors = record.lines.filter(
      (line) =>
        line.dialledAt >= lost.at - lateMs &&
        line.opened.at <= until &&
        line !== lost.line &&
        line.path === lost.path &&
        takesUp(line, topics) &&
        free(line),
    );
    const carrier = successors.find((line) => isBack(record, line, topics)) ?? successors[0];
    if (carrier !== undefined) carriers.set(carrier.connection, [...(carriers.get(carrier.connection) ?? []), lost]);
    const said = saidDown(record, lost, { lateMs, until });
    return { lost, steps: steps(lost, { topics, successors, carrier, said }) };
  });
}

/** Of a connection that a fault made silent and that went on by itself. */
export function backOnItsOwn(record: StreamRecord, { at, connection, line }: Lost, healedAt: number | null): Steps {
  const again = line?.topics.find(({ askedAt }) => askedAt > at && askedAt <= (healedAt ?? Infinity))?.askedAt;
  const left = line?.topics.find(({ leftAt = -1 }) => leftAt > at && leftAt <= (healedAt ?? Infinity))?.leftAt;
  const said = record.saidDown.find((moment) => moment >= at);
  const carrier = line === undefined ? null : { connection, openedAt: line.opened.at };
  return { ...noSteps, detectedAt: earliest(again, left, said), carrier, fedAt: null, backAt: healedAt };
}

/** What the client says a little before the server hears of the loss counts from there. */
function saidDown(
  { saidDown: all }: StreamRecord,
  { at, line }: Lost,
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
    successors: readonly Line[];
    carrier: Line | undefined;
    said: number | undefined;
  },
): Steps {
  const { topics, successors, carrier, said } = found;
  const [first] = successors;
  const detectedAt = earliest(lost.gaveUpAt, lost.line?.closeAnsweredAt, said, first?.dialledAt);
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
  (a.line?.dialledAt ?? a.at) < b.at && (b.line?.dialledAt ?? b.at) < a.at;

/** A connection that has taken up nothing yet may be meant for anything. */
const takesUp = (line: Line, topics: readonly string[]): boolean =>
  topics.length === 0 || line.topics.length === 0 || line.topics.some(({ topic }) => topics.includes(topic));

/** When all of them are held, over all successors. */
function heldAgain(successors: readonly Line[], topics: readonly string[]): number | null {
  const moments = topics.map((topic) => heldAgainAt(successors, topic, -Infinity));
  return moments.some((moment) => moment === undefined) ? null : Math.max(...moments.map((moment) => moment ?? 0));
}

const isBack = (record: StreamRecord, line: Line, topics: readonly string[]): boolean =>
  backAt(record, line, topics) !== null;

function backAt({ endpoint }: Pick<Loss, "endpoint">, line: Line, topics: readonly string[]): number | null {
  if (speakUnasked.has(endpoint)) return line.fedAt;
  return topics.length > 0 ? line.subscribedAt : line.authenticatedAt;
}
