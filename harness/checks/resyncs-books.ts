/**
 * A book that has lost a frame is asked for again, that topic and no other, and once; a repeated frame, a level that was
 * never there and a restarted service are no loss. After a disorder asking again is right and so is sorting it out.
 * Judged from the server's side.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check, type Setting } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { heldAt, topicSpans } from "./lib/topic-spans.ts";
import { topicHits, type TopicHit } from "./lib/topic-hits.ts";

export interface ResyncsBooksOptions {
  within: number;
  endpoint?: string;
}

/** How often a topic has to be asked for after each kind of fault: at least and at most. */
const wanted: Readonly<Record<string, readonly [number, number]>> = {
  gap: [1, 1],
  swap: [0, 1],
  "delta-first": [0, 1],
  duplicate: [0, 0],
  restart: [0, 0],
  "delete-unknown-level": [0, 0],
};

interface Seen extends TopicHit {
  /** Requests for the topic, until the next hit or the end of the time. */
  asked: number;
  /** Other topics that were asked for meanwhile though they were there. */
  others: string[];
  /** How long there was to ask. */
  chanceMs: number;
}

export function resyncsBooks({ within, endpoint = "exchange-public" }: ResyncsBooksOptions): Check {
  return {
    name: "resyncs-books",
    asks: `asks for a book that lost a frame again within ${formatDuration(within)}, and for nothing else`,
    judge(journal, setting) {
      const shape = { target: 0, unit: "faults" };
      const seen = seenOf(journal, endpoint, within);
      const judged = seen.filter(({ did, asked, chanceMs }) => asked >= (wanted[did]?.[0] ?? 0) || chanceMs >= within);
      if (judged.length === 0) {
        const message = `Whether ${setting.client} resyncs its books could not be judged: no book of its lost or repeated a frame, or it was stopped right after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const wrong = judged.flatMap((one) => {
        const what = faultIn(one, within);
        return what === undefined ? [] : [{ ...one, what }];
      });
      const [first] = wrong;
      if (first === undefined) {
        const message = `${setting.client} did the right thing after each of ${count(judged.length, "fault")} of its books: ${judged.map(({ did }) => did).join(", ")}.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: wrong.length,
        message: messageOf(first, setting),
        evidence: wrong.map(({ hit, topic, did }) => evidence(hit, `${topic} met ${did}`)),
      };
    },
  };
}

function messageOf({ topic, did, what, at, hit }: Seen & { what: string }, setting: Setting): string {
  const [least = 0, most = 0] = wanted[did] ?? [];
  const right =
    most === 0 ? "not to ask again for" : least === 0 ? "to ask at most once again for" : "to ask again for";
  return `Expected ${setting.client} ${right} ${topic}, and for no other topic, after a ${did} at ${setting.date(at)}; ${what}. See journal line ${hit.seq}.`;
}

/** What was wrong, in words; undefined where nothing was. */
function faultIn({ did, asked, others }: Seen, within: number): string | undefined {
  const [least = 0, most = 0] = wanted[did] ?? [];
  const [other] = others;
  if (asked < least) return `it did not in ${formatDuration(within)}`;
  if (asked > most) return `it asked ${count(asked, "time")}`;
  return other === undefined ? undefined : `it also asked for ${count(others.length, "other topic")}, ${other} for one`;
}

function seenOf(journal: JournalView, endpoint: string, within: number): Seen[] {
  const endMs = clientEndMs(journal);
  const hits = topicHits(journal, endpoint).filter(({ did, at }) => did in wanted && at <= endMs);
  const spans = topicSpans(journal, endpoint);
  const there = (topic: string, atMs: number): boolean => spans.some((one) => one.topic === topic && heldAt(one, atMs));
  const requests = journal.all("exchange.stream-request").filter((one) => one.endpoint === endpoint);
  return hits.map((hit) => {
    const nextAt = Math.min(endMs, ...hits.filter(({ at }) => at > hit.at).map(({ at }) => at));
    const untilMs = Math.min(hit.at + within, nextAt);
    const asked = requests
      .filter(({ op, at }) => op === "subscribe" && at > hit.at && at <= untilMs)
      .flatMap(({ topics }) => topics);
    const others = [...new Set(asked.filter((topic) => topic !== hit.topic && there(topic, hit.at)))];
    const times = asked.filter((topic) => topic === hit.topic).length;
    return { ...hit, asked: times, others, chanceMs: nextAt - hit.at };
  });
}
