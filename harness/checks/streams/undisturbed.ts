/**
 * What no fault has touched is left alone: no stream is torn down and no topic subscribed again that is carried already.
 * A client that answers every trouble by starting over has more outages than the exchange. Judged from the server's side;
 * a topic or stream that a fault has met may be treated as the client likes.
 */

import { count, seconds } from "../../../core/units.ts";
import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Stream } from "../../evidence/streams.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { never, type Violation } from "../../verdicts/never.ts";

/** An answer is overdue after some five seconds; a machine that was late for nearly as long makes it look so. */
const excusingMs = seconds(4);
const lookBackMs = seconds(10);

export const undisturbed = never<EndpointOption>("undisturbed", {
  asks: "leaves alone the streams and topics that no fault has met",
  unit: "disturbances",
  todo: "leave alone what no fault had met",
  unjudged: "it asked for nothing",
  violations(evidence, { endpoint = "exchange-public" }) {
    const hits = Map.groupBy(evidence.hits(endpoint), ({ connection }) => connection);
    return evidence
      .streams(endpoint)
      .flatMap((stream) => {
        const { closed, connection } = stream;
        const met = hits.get(connection) ?? [];
        const torn =
          closed !== undefined && closed.at <= evidence.endMs() && closed.by !== "server" && met.length === 0;
        // Of a stream that a fault met as a whole, every topic was met.
        const wholeAt = Math.min(...met.filter(({ topics }) => topics.length === 0).map(({ at }) => at));
        const again = askedAgain(stream, new Set(met.flatMap(({ topics }) => topics))).filter(({ at }) => at < wholeAt);
        return [...(torn ? [disturbance(closed, `tore down ${connection}`)] : []), ...again];
      })
      .toSorted((a, b) => a.event.seq - b.event.seq);
  },
  looked(evidence, { endpoint = "exchange-public" }) {
    const asked = evidence.streams(endpoint).filter(({ requests }) => requests.length > 0).length;
    return asked === 0 ? undefined : `it disturbed none of ${count(asked, "stream")}`;
  },
});

/** Topics that were carried, and left or asked for all the same. */
function askedAgain({ requests, topics }: Stream, met: ReadonlySet<string>): Violation[] {
  return requests.flatMap((event) => {
    const leaves = event.op === "unsubscribe";
    // What it leaves it leaves with this request; what it asks for is carried out by the line after it.
    const carried = event.topics.filter((name) =>
      topics.some(({ topic, heldAt = Infinity, leftAt = Infinity }) => {
        return topic === name && heldAt < event.at && (leaves ? leftAt >= event.at : leftAt > event.at);
      }),
    );
    const again = carried.filter((topic) => !met.has(topic));
    const verb = leaves ? "left" : "asked again for";
    return again.length === 0 ? [] : [disturbance(event, `${verb} ${again.join(", ")}`)];
  });
}

const disturbance = (event: JournalEvent, what: string): Violation => ({
  ...{ event, what, at: event.at },
  excuse: { fromAt: event.at - lookBackMs, toAt: event.at, latenessMs: excusingMs },
});
