/**
 * A topic whose subscription was refused, or not carried out without a word, is asked for again within a time, and is
 * carried in the end. `already subscribed` is no refusal of the topic that it names. Judged from the server's side.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration } from "../../core/units.ts";
import type { Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamLives, type StreamLife } from "./lib/stream-lives.ts";
import { judgeTimely, type Occasion } from "./lib/timely.ts";

export interface AsksAgainOptions {
  within: number;
  endpoint?: string;
}

type Request = JournalEvent<"exchange.stream-request">;

interface Refused extends Occasion {
  event: Request;
  topic: string;
  chanceMs: number;
}

export function asksAgain({ within, endpoint = "exchange-public" }: AsksAgainOptions): Check {
  return {
    name: "asks-again",
    asks: `asks again within ${formatDuration(within)} for a topic that was refused or not answered`,
    judge(journal, setting) {
      const { client } = setting;
      const refused = refusals(journal, endpoint).filter(
        ({ afterMs, chanceMs }) => afterMs !== Infinity || chanceMs >= within,
      );
      const never = refused.filter(({ afterMs }) => afterMs === Infinity).length;
      return judgeTimely(refused, {
        within,
        unjudged: `Whether ${client} asks again could not be judged: none of its subscriptions failed.`,
        passed: ({ afterMs }) =>
          `${client} asked again ${count(refused.length, "time")} for a topic that it had not got, at the latest after ${formatDuration(afterMs)}.`,
        expected: ({ event, topic, at }) =>
          `Expected ${client} to ask again for ${topic} within ${formatDuration(within)} after its subscription ${howOf(event)} on ${event.connection} at ${setting.date(at)}`,
        never: () => `it never did${never > 1 ? `, nor for ${count(never - 1, "other topic")}` : ""}`,
      });
    },
  };
}

/** Topics that were asked for and not got, while their stream lived. */
function refusals(journal: JournalView, endpoint: string): Refused[] {
  const lives = new Map(streamLives(journal, endpoint).map((life) => [life.connection, life]));
  const requests = journal
    .all("exchange.stream-request")
    .filter((event) => event.endpoint === endpoint && event.op === "subscribe");
  const endMs = clientEndMs(journal);
  return requests.filter(failed).flatMap((request) => {
    const life = lives.get(request.connection);
    const topics = request.topics.filter((topic) => !request.text.endsWith(`already subscribed,topic:${topic}`));
    return topics
      .filter((topic) => life !== undefined && !carriedBy(life, topic, request.at))
      .map((topic) => {
        const again = requests.find(
          ({ at, seq, topics: asked }) => seq > request.seq && at >= request.at && asked.includes(topic),
        );
        const until = Math.min(life?.closed?.at ?? Infinity, endMs);
        return {
          ...{ event: request, what: `the subscription of ${topic} ${howOf(request)}`, at: request.at },
          ...{ topic, chanceMs: until - request.at },
          afterMs: again === undefined ? Infinity : again.at - request.at,
        };
      });
  });
}

const howOf = ({ answered, text }: Request): string => (answered ? `was refused ("${text}")` : "was not answered");

const failed = ({ success, answered, text }: Request): boolean => !success || (!answered && text !== "");

const carriedBy = ({ topics }: StreamLife, wanted: string, atMs: number): boolean =>
  topics.some(
    ({ topic, heldAt, leftAt }) =>
      topic === wanted && heldAt !== undefined && heldAt <= atMs && (leftAt ?? Infinity) > atMs,
  );
