/**
 * A topic that goes silent while its stream lives is subscribed again within a time, on the same stream or on another.
 * Judged from the server's side. That topics which are rightly quiet are left alone is another check.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamHits } from "./lib/stream-hits.ts";
import { streamLives } from "./lib/stream-lives.ts";
import { judgeTimely } from "./lib/timely.ts";

export interface RenewsSilentTopicsOptions {
  within: number;
  endpoint?: string;
}

export function renewsSilentTopics({ within, endpoint = "exchange-public" }: RenewsSilentTopicsOptions): Check {
  return {
    name: "renews-silent-topics",
    asks: `subscribes anew within ${formatDuration(within)} to a topic that went silent`,
    judge(journal, setting) {
      const { client } = setting;
      const asked = streamLives(journal, endpoint).flatMap(({ topics }) => topics);
      const endMs = clientEndMs(journal);
      const silences = streamHits(journal, endpoint)
        .filter(({ action, healedAt, at }) => action === "silence" && Math.min(healedAt, endMs) - at >= within)
        .flatMap(({ event, connection, topics, at }) =>
          topics.map((topic) => {
            const again = asked.find((one) => one.topic === topic && one.askedAt > at);
            const afterMs = (again?.askedAt ?? Infinity) - at;
            return { event, what: `${topic} went silent on ${connection}`, at, afterMs, topic };
          }),
        );
      return judgeTimely(silences, {
        within,
        unjudged: `Whether ${client} renews silent topics could not be judged: none was silent for ${formatDuration(within)}.`,
        passed: ({ afterMs }) =>
          `${client} subscribed anew to ${count(silences.length, "silent topic")}, at the latest ${formatDuration(afterMs)} after it went silent.`,
        expected: ({ topic, event, at }) =>
          `Expected ${client} to subscribe anew to ${topic} within ${formatDuration(within)} after it went silent on ${event.connection} at ${setting.date(at)}`,
      });
    },
  };
}
