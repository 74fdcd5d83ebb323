/**
 * The losses of one stream endpoint. A connection was lost when somebody else than the client ended it after a fault had
 * landed, when the client ended one that a fault had hit, or, for as long as it lasted, when a fault made it say nothing.
 * A dial that a fault held is lost like a connection.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { causeOf, concerns, operatorOff, type Cause } from "./causes.ts";
import type { Loss } from "./loss.ts";
import { backOnItsOwn, stepsBack, type Lost } from "./steps-back.ts";
import { streamRecord, type Line, type StreamRecord } from "./stream-record.ts";

/** The end of a connection may be seen so much after the heal that let it through, wall ms. */
const lateWallMs = 50;

export function streamLosses(journal: JournalView, endpoint: string, causes: readonly Cause[]): Loss[] {
  const record = streamRecord(journal, endpoint);
  const off = operatorOff(journal);
  const lateMs = lateWallMs * (journal.first("run.started")?.compression ?? 1);
  const taken: Lost[] = [
    ...record.lines.flatMap((line) => ended(line, endpoint, causes, lateMs)),
    ...heldDials(record, endpoint, causes),
  ].filter(({ at, event }) => !off.at(at) && !off.at(event.at));

  const names = new Set(taken.map(({ connection }) => connection));
  const silent = causes
    .filter((cause) => concerns(cause, endpoint))
    .flatMap((cause) => silenced(journal, record, cause))
    .filter(({ lost: { connection, at } }) => !names.has(connection) && !off.at(at));

  const inOrder = taken.toSorted((a, b) => a.at - b.at);
  return [
    ...stepsBack(record, inOrder, { lateMs, untilMs: (at) => off.nextAfter(at) }).map(told),
    ...silent.map(({ lost, healedAt }) => told({ lost, steps: backOnItsOwn(record, lost, healedAt) })),
  ];
}

const told = ({ lost, steps }: { lost: Lost; steps: Loss["steps"] }): Loss => {
  const { endpoint, connection, fault, how, at, event } = lost;
  return { endpoint, what: connection, fault, how, at, event, steps };
};

function ended(line: Line, endpoint: string, causes: readonly Cause[], lateMs: number): Lost[] {
  const { closed, connection, path } = line;
  if (closed === undefined) return [];
  const cause = causeOf(causes, endpoint, closed);
  if (cause === undefined) return [];
  const hit = cause.hits.get(connection) ?? silencedAll(cause, line);
  const hitBefore = hit !== undefined && hit.at <= closed.at && closed.at <= cause.healedAt + lateMs;
  const common = { endpoint, connection, path, fault: cause.fault, line };
  if (closed.by === "client") {
    return hitBefore ? [{ ...common, how: "given-up", at: hit.at, event: closed, gaveUpAt: closed.at }] : [];
  }
  // What a silenced client ends looks like the network's doing, and is seen when the silence lets it through.
  if (closed.by === "network" && hitBefore && cause.silences) {
    return [{ ...common, how: "given-up", at: hit.at, event: closed, gaveUpAt: closed.at }];
  }
  return [{ ...common, how: "closed", at: closed.at, event: closed, gaveUpAt: null }];
}

/** Where no engine tells whom it hit, a silence is everybody's who was there. */
const silencedAll = ({ silences, endpoint, hits, proof, landedAt }: Cause, line: Line): JournalEvent | undefined =>
  silences && endpoint === line.endpoint && hits.size === 0 && line.opened.at <= landedAt ? proof : undefined;

/** Upgrades that a rule met and that came to nothing. */
function heldDials({ dials }: StreamRecord, endpoint: string, causes: readonly Cause[]): Lost[] {
  return dials.flatMap(({ connection, path, ended: event }) => {
    const cause = causeOf(causes, endpoint, event);
    const hit = cause?.hits.get(connection);
    if (cause === undefined || hit === undefined) return [];
    const gaveUpAt = event.by === "peer" ? event.at : null;
    const how = gaveUpAt === null ? "closed" : "given-up";
    return [{ endpoint, connection, path, fault: cause.fault, line: undefined, how, at: hit.at, event, gaveUpAt }];
  });
}

/** What a fault made silent, and when that was over: by the rule that ended, or the fault that healed. */
function silenced(
  journal: JournalView,
  { endpoint, lines }: StreamRecord,
  cause: Cause,
): { lost: Lost; healedAt: number | null }[] {
  const healed = journal.all("exchange.stream-healed");
  return lines.flatMap((line) => {
    const { connection, path } = line;
    const hit = cause.hits.get(connection) ?? silencedAll(cause, line);
    if (hit === undefined || hit.at < line.opened.at) return [];
    const ruleHit = hit.type === "rule.hit" ? hit : undefined;
    const over = healed.findLast((event) => event.rule === ruleHit?.rule && event.connection === connection);
    if (over === undefined && !cause.silences) return [];
    const healedAt = over?.at ?? cause.healedAt;
    const common = { endpoint, connection, path, fault: cause.fault, line, gaveUpAt: null };
    const lost: Lost = { ...common, how: "silent", at: hit.at, event: hit };
    return [{ lost, healedAt: healedAt === Infinity ? null : healedAt }];
  });
}
