/**
 * When it is over, every topic that the client ever asked for is subscribed on exactly one open stream: none forgotten by
 * a reconnect, none carried twice because an old connection was kept or a new one opened too many. Judged from the
 * server's side, at the moment the client is stopped.
 */

import { count, seconds } from "../../../core/units.ts";
import { heldAt, spansAt } from "../../evidence/topics.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { never } from "../../verdicts/never.ts";

/** A stream that this machine was too late to keep up shortly before the end had no time to come back. */
const recentMs = seconds(30);
const excusingMs = seconds(5);

export const oneSubscriptionEach = never<EndpointOption>("one-subscription-each", {
  asks: "has every topic on exactly one connection in the end",
  unit: "topics",
  todo: "have every topic on exactly one connection in the end",
  unjudged: "it never subscribed to a topic",
  violations(evidence, { endpoint = "exchange-public" }) {
    const endMs = evidence.endMs();
    const topics = evidence.topics(endpoint);
    const asked = evidence
      .streams(endpoint)
      .flatMap((stream) => stream.topics.map(({ topic }) => ({ ...stream, topic })));
    return [...Map.groupBy(asked, ({ topic, path }) => `${topic} of ${path}`)].flatMap(([name, [first]]) => {
      const topic = topics.find((one) => `${one.topic} of ${one.path}` === name);
      const carriers = topic === undefined ? [] : spansAt(topic, endMs);
      if (first === undefined || carriers.length === 1) return [];
      const last = topic?.spans.at(-1);
      const where = carriers.length === 0 ? "none" : carriers.map(({ connection }) => connection).join(" and ");
      const lostAt = topic === undefined || heldAt(topic, endMs) ? -Infinity : (last?.toAt ?? -Infinity);
      const excuse =
        endMs - lostAt > recentMs ? null : { fromAt: lostAt - recentMs, toAt: endMs, latenessMs: excusingMs };
      return [{ event: last?.opened ?? first.opened, what: `had ${name} on ${where}`, at: endMs, excuse }];
    });
  },
  looked(evidence, { endpoint = "exchange-public" }) {
    const topics = evidence.topics(endpoint).filter((topic) => heldAt(topic, evidence.endMs()));
    const carriers = new Set(
      topics.flatMap((topic) => spansAt(topic, evidence.endMs()).map(({ connection }) => connection)),
    );
    return topics.length === 0
      ? undefined
      : `${count(topics.length, "topic")} on ${count(carriers.size, "connection")}`;
  },
});
