/**
 * What a client loses it replaces, and no more: in the end it has no more connections to a stream endpoint than it had
 * when it had settled, those that carry nothing included. A connection that is left over with each loss is noticed by
 * nobody until the exchange refuses the address. One that spreads its topics over more connections than before has no
 * connection to spare, so it is not blamed; that a topic is carried twice is another check. Judged from the server's
 * side at the end, so a scenario has to leave some quiet time after the last loss.
 */

import "../../evidence/steady/events.ts";
import type { JournalEvent } from "../../../core/journal/event.ts";
import { count } from "../../../core/units.ts";
import type { Stream } from "../../evidence/streams.ts";
import { streamEndpoints, type Endpoint } from "../../incident/endpoints.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";

export const noSpareConnections = atMost<object>("no-spare-connections", {
  asks: "has no connection more in the end than it had when it had settled",
  unit: "connections",
  limit: () => 0,
  todo: "have no connection to spare in the end",
  unjudged: "it had not settled on any stream",
  cases(evidence) {
    const settled = evidence.all("client.settled")[0];
    if (settled === undefined || evidence.crash() !== undefined) return [];
    return streamEndpoints.flatMap((endpoint) => caseOf(evidence, endpoint, settled));
  },
});

function caseOf(evidence: Evidence, endpoint: Endpoint, settled: JournalEvent): Measured[] {
  const endMs = evidence.endMs();
  // On the clock that leaps a fault ends connections in the very moment in which the client had settled.
  const before = evidence
    .streams(endpoint)
    .filter(({ opened, closed }) => opened.seq < settled.seq && (closed === undefined || closed.seq > settled.seq));
  const after = evidence
    .streams(endpoint)
    .filter(({ opened, closed }) => opened.at <= endMs && (closed === undefined || closed.at > endMs));
  const [first] = before;
  if (first === undefined) return [];
  const spare = idleAt(after, endMs);
  const left = Math.min(after.length - before.length, spare.length - idleAt(before, settled.at).length);
  const carried = spare.length === 0 ? "" : `, ${spare.length} of them with no topic`;
  const seen = `it had ${count(after.length, "connection")} to ${endpoint} in the end${carried}, ${before.length} when it had settled`;
  const [newest = first, ...more] = spare.toReversed();
  const what = `${newest.connection} was opened`;
  return [
    {
      ...{ event: newest.opened, what, at: endMs, value: Math.max(left, 0), seen },
      more: more.map(({ opened, connection }) => lineOf(opened, `${connection} was opened`)),
    },
  ];
}

/** Those that carry no topic at that moment. */
const idleAt = (streams: readonly Stream[], atMs: number): Stream[] =>
  streams.filter(
    ({ topics }) => !topics.some(({ heldAt = Infinity, leftAt = Infinity }) => heldAt <= atMs && leftAt >= atMs),
  );
