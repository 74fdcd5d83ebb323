/**
 * What no fault has touched is left alone: no stream is torn down and no topic subscribed again that is carried already.
 * A client that answers every trouble by starting over has more outages than the exchange. Judged from the server's side;
 * a topic or stream that a fault has met may be treated as the client likes.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { count, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { streamHits } from "./lib/stream-hits.ts";
import { streamLives } from "./lib/stream-lives.ts";

/** An answer is overdue after some five seconds; a machine that was late for nearly as long makes it look so. */
const excusingMs = seconds(4);
const lookBackMs = seconds(10);

interface Disturbance {
  event: JournalEvent;
  what: string;
}

export function undisturbed({ endpoint = "exchange-public" } = {}): Check {
  return {
    name: "undisturbed",
    asks: "leaves alone the streams and topics that no fault has met",
    judge(journal, setting) {
      const shape = { target: 0, unit: "disturbances" };
      const requests = journal.all("exchange.stream-request").filter((event) => event.endpoint === endpoint);
      if (requests.length === 0) {
        const message = `Whether ${setting.client} leaves the rest alone could not be judged: it asked for nothing on ${endpoint}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const found = [...tornDown(journal, endpoint), ...askedAgain(journal, endpoint)];
      const first = leastExcused(
        found.toSorted((a, b) => a.event.seq - b.event.seq),
        excuseOf,
        journal,
      );
      if (first === undefined) {
        const message = `${setting.client} left alone what no fault had met.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      const { event, what } = first;
      return {
        ...shape,
        verdict: "fail",
        measured: found.length,
        message: `Expected ${setting.client} to leave alone what no fault had met; it disturbed it ${count(found.length, "time")}, as at ${setting.date(event.at)}: it ${what}. See journal line ${event.seq}.`,
        evidence: found.slice(0, 5).map((one) => evidence(one.event, one.what)),
        excuse: excuseOf(first),
      };
    },
  };
}

const excuseOf = ({ event }: Disturbance): Excuse => ({
  fromAt: event.at - lookBackMs,
  toAt: event.at,
  latenessMs: excusingMs,
});

function tornDown(journal: JournalView, endpoint: string): Disturbance[] {
  const endMs = clientEndMs(journal);
  const met = new Set(streamHits(journal, endpoint).map(({ connection }) => connection));
  return streamLives(journal, endpoint).flatMap(({ closed, connection }) =>
    closed === undefined || closed.at > endMs || closed.by === "server" || met.has(connection)
      ? []
      : [{ event: closed, what: `tore down ${connection}` }],
  );
}

/** Topics that were carried, and left or asked for all the same. */
function askedAgain(journal: JournalView, endpoint: string): Disturbance[] {
  const met = new Set(
    streamHits(journal, endpoint).flatMap(({ connection, topics }) => topics.map((topic) => `${connection} ${topic}`)),
  );
  const carried = new Set<string>();
  return journal.all("exchange.stream-request", "connection.subscribed").flatMap((event) => {
    if (event.endpoint !== endpoint) return [];
    const named = event.topics.map((topic) => `${event.connection} ${topic}`);
    if (event.type === "connection.subscribed") {
      named.forEach((topic) => carried.add(topic));
      return [];
    }
    const again = named.filter((topic) => carried.has(topic) && !met.has(topic));
    if (event.op === "unsubscribe") named.forEach((topic) => carried.delete(topic));
    if (again.length === 0) return [];
    const verb = event.op === "unsubscribe" ? "left" : "asked again for";
    return [{ event, what: `${verb} ${again.map((topic) => topic.split(" ")[1] ?? "").join(", ")}` }];
  });
}
