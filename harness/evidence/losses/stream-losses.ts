/**
 * The losses of one stream endpoint. A connection was lost when somebody else than the client ended it after a fault had
 * landed, when the client ended one that a fault had hit, or, for as long as it lasted, when a fault made it say nothing.
 * A dial that a fault held is lost like a connection.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { operatorOff } from "../client.ts";
import { dialsOf } from "../dials.ts";
import { streamsOf, type Stream } from "../streams.ts";
import { causeOf, concerns, type Cause } from "./causes.ts";
import type { Loss } from "./loss.ts";
import { backOnItsOwn, reportedDownOf, stepsBack, type Lost } from "./steps-back.ts";

/** @param lateMs So long after the heal that let it through the end of a connection may be seen. */
export function streamLosses(journal: JournalView, endpoint: string, causes: readonly Cause[], lateMs: number): Loss[] {
  const streams = streamsOf(journal, endpoint);
  const reported = reportedDownOf(journal, endpoint);
  const off = operatorOff(journal);
  const taken: Lost[] = [
    ...streams.flatMap((stream) => ended(stream, causes, lateMs)),
    ...heldDials(journal, endpoint, causes),
  ].filter(({ at, event }) => !off.at(at) && !off.at(event.at));
  const names = new Set(taken.map(({ connection }) => connection));
  const silent = causes
    .filter((cause) => concerns(cause, endpoint))
    .flatMap((cause) => silenced(journal, streams, cause))
    .filter(({ lost: { connection, at } }) => !names.has(connection) && !off.at(at));
  const inOrder = taken.toSorted((a, b) => a.at - b.at);
  return [
    ...stepsBack(streams, reported, inOrder, { lateMs, untilMs: (at) => off.nextAfter(at) }).map(lossOf),
    ...silent.map(({ lost, healedAt }) => lossOf({ lost, steps: backOnItsOwn(reported, lost, healedAt) })),
  ];
}

const lossOf = ({ lost, steps }: { lost: Lost; steps: Loss["steps"] }): Loss => {
  const { endpoint, connection, fault, how, at, event } = lost;
  return { endpoint, what: connection, fault, how, at, event, steps };
};

function ended(stream: Stream, causes: readonly Cause[], lateMs: number): Lost[] {
  const { closed, connection, path, endpoint } = stream;
  if (closed === undefined) return [];
  const cause = causeOf(causes, endpoint, closed);
  if (cause === undefined) return [];
  const hit = cause.hits.get(connection) ?? silencedAll(cause, stream);
  const hitBefore = hit !== undefined && hit.at <= closed.at && closed.at <= cause.overAt + lateMs;
  const common = { endpoint, connection, path, fault: cause.fault, stream, event: closed };
  // What a silenced client ends looks like the network's doing, and is seen when the silence lets it through.
  const byClient = closed.by === "client" || (closed.by === "network" && cause.silences && hitBefore);
  if (!byClient) return [{ ...common, how: "closed", at: closed.at, gaveUpAt: null }];
  return hitBefore ? [{ ...common, how: "given-up", at: hit.at, gaveUpAt: closed.at }] : [];
}

/** Where no engine knows whom it hit, a silence is everybody's who was there. */
const silencedAll = (
  { silences, endpoint, hits, proven, landedAt }: Cause,
  stream: Stream,
): JournalEvent | undefined =>
  silences && endpoint === stream.endpoint && hits.size === 0 && stream.opened.at <= landedAt ? proven : undefined;

/** Upgrades that a rule met and that came to nothing. */
function heldDials(journal: JournalView, endpoint: string, causes: readonly Cause[]): Lost[] {
  return dialsOf(journal, endpoint).flatMap(({ connection, path, gone }): Lost[] => {
    const cause = gone === undefined ? undefined : causeOf(causes, endpoint, gone);
    const hit = cause?.hits.get(connection);
    if (gone === undefined || cause === undefined || hit === undefined) return [];
    const gaveUpAt = gone.by === "peer" ? gone.at : null;
    const how = gaveUpAt === null ? "closed" : "given-up";
    return [
      { endpoint, connection, path, fault: cause.fault, stream: undefined, how, at: hit.at, event: gone, gaveUpAt },
    ];
  });
}

/** What a fault made silent, and when that was over: by the rule that ended, or the fault that healed. */
function silenced(
  journal: JournalView,
  streams: readonly Stream[],
  cause: Cause,
): { lost: Lost; healedAt: number | null }[] {
  const healed = journal.all("exchange.stream-healed");
  return streams.flatMap((stream) => {
    const { connection, path, endpoint } = stream;
    const hit = cause.hits.get(connection) ?? silencedAll(cause, stream);
    if (hit === undefined || hit.at < stream.opened.at) return [];
    const rule = hit.type === "rule.hit" ? hit.rule : undefined;
    const over = healed.findLast((event) => event.rule === rule && event.connection === connection);
    if (over === undefined && !cause.silences) return [];
    const healedAt = over?.at ?? cause.overAt;
    const common = { endpoint, connection, path, fault: cause.fault, stream, gaveUpAt: null };
    const lost: Lost = { ...common, how: "silent", at: hit.at, event: hit };
    return [{ lost, healedAt: healedAt === Infinity ? null : healedAt }];
  });
}
