/**
 * A book that has lost a frame is asked for again, that topic and no other, and once; a repeated frame, a level that was
 * never there and a restarted service are no loss. After a disorder asking again is right and so is sorting it out.
 * Judged from the server's side.
 */

import { count, formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Hit } from "../../evidence/faults.ts";
import { heldAt } from "../../evidence/topics.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { never } from "../../verdicts/never.ts";

export interface ResyncsBooksOptions extends EndpointOption {
  within: number;
  /** Only after this kind of fault. Default: after each. */
  after?: string;
}

/** How often a topic has to be asked for after each kind of fault: at least and at most. */
const wanted: Readonly<Record<string, readonly [least: number, most: number]>> = {
  gap: [1, 1],
  "lose-snapshot": [1, 1],
  swap: [0, 1],
  "delta-first": [0, 1],
  duplicate: [0, 0],
  restart: [0, 0],
  "delete-unknown-level": [0, 0],
};

interface Answer extends Hit {
  topic: string;
  least: number;
  most: number;
  /** Requests for the topic, until the next hit or the end of the time. */
  asked: number;
  /** Other topics that were asked for meanwhile though they were there. */
  others: string[];
}

export const resyncsBooks = never<ResyncsBooksOptions>("resyncs-books", {
  asks: ({ within }) =>
    `asks for a book that lost a frame again within ${formatDuration(within)}, and for nothing else`,
  unit: "faults",
  todo: "ask again for a book that lost a frame, for no other topic, and for none that lost nothing",
  unjudged: "none of its books lost or repeated a frame, or it was stopped right after",
  violations: (evidence, options) =>
    answersOf(evidence, options).flatMap(({ event, topic, action, at, ...answer }) => {
      const wrong = wrongIn(answer, options.within);
      return wrong === undefined ? [] : [{ event, at, what: `${wrong} after ${topic} met ${action}` }];
    }),
  looked(evidence, options) {
    const answers = answersOf(evidence, options);
    if (answers.length === 0) return undefined;
    return `it did the right thing after ${answers.map(({ action }) => action).join(", ")}`;
  },
});

/** What it did wrong, in words; undefined where nothing was. */
function wrongIn(
  { least, most, asked, others }: Omit<Answer, "event" | "topic" | "action" | "at">,
  within: number,
): string | undefined {
  const [other] = others;
  if (asked < least) return `did not ask again in ${formatDuration(within)}`;
  if (asked > most) return `asked again ${count(asked, "time")}`;
  return other === undefined ? undefined : `also asked for ${count(others.length, "other topic")}, ${other} for one,`;
}

/** What the client did after each hit, where it had the time to do it. */
function answersOf(evidence: Evidence, { within, after, endpoint = "exchange-public" }: ResyncsBooksOptions): Answer[] {
  const endMs = evidence.endMs();
  const hits = evidence.frameHits(endpoint).filter(({ action, at }) => action in wanted && at <= endMs);
  const requests = evidence
    .streams(endpoint)
    .flatMap((stream) => stream.requests.filter(({ op }) => op === "subscribe"));
  const there = (name: string, atMs: number): boolean =>
    evidence.topics(endpoint).some((topic) => topic.topic === name && heldAt(topic, atMs));
  const asked = hits.filter(({ action }) => after === undefined || action === after);
  return asked.flatMap((hit) => {
    const [least = 0, most = 0] = wanted[hit.action] ?? [];
    const nextAt = hits.find(({ at }) => at > hit.at)?.at ?? endMs;
    const untilMs = Math.min(hit.at + within, nextAt);
    const topics = requests.filter(({ at }) => at > hit.at && at <= untilMs).flatMap((request) => request.topics);
    const others = [...new Set(topics.filter((topic) => topic !== hit.topic && there(topic, hit.at)))];
    const times = topics.filter((topic) => topic === hit.topic).length;
    return times >= least || nextAt - hit.at >= within ? [{ ...hit, least, most, asked: times, others }] : [];
  });
}
