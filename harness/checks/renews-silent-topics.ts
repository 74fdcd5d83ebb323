/**
 * A topic that goes silent while its stream lives is subscribed again within a time, on the same stream or on another.
 * Judged from the server's side. That topics which are rightly quiet are left alone is another check.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamHits } from "./lib/stream-hits.ts";
import { streamLives } from "./lib/stream-lives.ts";

export interface RenewsSilentTopicsOptions {
  within: number;
  endpoint?: string;
}

export function renewsSilentTopics({ within, endpoint = "exchange-public" }: RenewsSilentTopicsOptions): Check {
  return {
    name: "renews-silent-topics",
    asks: `subscribes anew within ${formatDuration(within)} to a topic that went silent`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const asked = streamLives(journal, endpoint).flatMap(({ topics }) => topics);
      const endMs = clientEndMs(journal);
      const silences = streamHits(journal, endpoint)
        .filter(({ action, healedAt, at }) => action === "silence" && Math.min(healedAt, endMs) - at >= within)
        .flatMap(({ event, topics, at }) =>
          topics.map((topic) => {
            const again = asked.find((one) => one.topic === topic && one.askedAt > at);
            return { event, topic, at, afterMs: again === undefined ? Infinity : again.askedAt - at };
          }),
        );
      const worst = silences.toSorted((a, b) => b.afterMs - a.afterMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} renews silent topics could not be judged: none was silent for ${formatDuration(within)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { event, topic, at, afterMs } = worst;
      const measured = afterMs === Infinity ? null : Math.round(afterMs);
      const proof = [evidence(event, `${topic} went silent on ${event.connection}`)];
      if (afterMs <= within) {
        const message = `${setting.client} subscribed anew to ${count(silences.length, "silent topic")}, at the latest ${formatDuration(afterMs)} after it went silent.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen = measured === null ? "it never did" : `it took ${formatDuration(measured)}`;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to subscribe anew to ${topic} within ${formatDuration(within)} after it went silent on ${event.connection} at ${setting.date(at)}; ${seen}. See journal line ${event.seq}.`,
        evidence: proof,
        ...(measured === null ? {} : { excuse: { fromAt: at, toAt: at + measured, latenessMs: measured - within } }),
      };
    },
  };
}
