/**
 * When it is over, every topic that the client ever had is subscribed on exactly one open stream: none forgotten by a
 * reconnect, none carried twice because an old connection was kept or a new one opened too many. Judged from the
 * server's side, at the moment the client is stopped.
 */

import { count, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamLives, type StreamLife } from "./lib/stream-lives.ts";

/** A stream that this machine was too late to keep up shortly before the end had no time to come back. */
const recentMs = seconds(30);
const excusingMs = seconds(5);

export function oneSubscriptionEach({ endpoint = "exchange-public" } = {}): Check {
  return {
    name: "one-subscription-each",
    asks: "in the end every topic is on exactly one connection",
    judge(journal, setting) {
      const endMs = clientEndMs(journal);
      const lives = streamLives(journal, endpoint);
      const topics = new Set(lives.flatMap((life) => life.topics.map(({ topic }) => `${topic} on ${life.path}`)));
      const shape = { target: 0, unit: "topics" };
      if (topics.size === 0) {
        const message = `Whether ${setting.client} carries each topic once could not be judged: it never subscribed on ${endpoint}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const open = lives.filter(({ closed }) => closed === undefined || closed.at > endMs);
      const wrong = [...topics].flatMap((topic) => {
        const carriers = open.filter((life) => carries(life, topic, endMs));
        if (carriers.length === 1) return [];
        const lostAt = Math.max(
          ...lives.filter((life) => hadEver(life, topic)).map(({ closed }) => closed?.at ?? 0),
          0,
        );
        return [{ topic, carriers, lostAt: carriers.length === 0 ? lostAt : 0 }];
      });
      // The one that was lost first: it had the most time to come back.
      const [first] = wrong.toSorted((a, b) => a.lostAt - b.lostAt);
      if (first === undefined) {
        const message = `${setting.client} ended with ${count(topics.size, "topic")} on ${count(open.length, "connection")}, each on exactly one.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      const { topic, carriers } = first;
      const last = lives.findLast((life) => hadEver(life, topic)) ?? lives.at(-1);
      const where =
        carriers.length === 0 ? "on none" : `on ${carriers.map(({ connection }) => connection).join(" and ")}`;
      return {
        ...shape,
        verdict: "fail",
        measured: wrong.length,
        message: `Expected ${setting.client} to carry every topic on exactly one connection at ${setting.date(endMs)}; ${count(wrong.length, "topic")} of ${topics.size} were not: ${topic.split(" on ").join(" of ")} was ${where}.${last === undefined ? "" : ` See journal line ${last.opened.seq}.`}`,
        evidence: last === undefined ? [] : [evidence(last.opened, `${last.connection} carried it last`)],
        ...(endMs - first.lostAt > recentMs
          ? {}
          : { excuse: { fromAt: first.lostAt - recentMs, toAt: endMs, latenessMs: excusingMs } }),
      };
    },
  };
}

const carries = (life: StreamLife, named: string, untilMs: number): boolean =>
  life.topics.some(
    ({ topic, heldAt, leftAt }) =>
      `${topic} on ${life.path}` === named &&
      heldAt !== undefined &&
      heldAt <= untilMs &&
      (leftAt ?? Infinity) > untilMs,
  );

const hadEver = (life: StreamLife, named: string): boolean =>
  life.topics.some(({ topic, heldAt }) => `${topic} on ${life.path}` === named && heldAt !== undefined);
