/**
 * Whether a client is back: it has and does again what it had and did when it had settled, on whatever connections. Every
 * topic is carried by a stream that speaks, what was authenticated is, what was polled is answered. What it does in its
 * place meanwhile (polling over REST what its stream brought) is left again.
 */

import { count, seconds } from "../../../core/units.ts";
import { endpoints, type Endpoint } from "../../incident/endpoints.ts";
import type { OpenStream, Presence } from "./presence.ts";
import { topicKey } from "./presence.ts";
import { isFed, listed, quietMs, type SettledClient } from "./settled.ts";

export interface BackOptions {
  steady: SettledClient;
  /** Where faults have acted. */
  concerned: ReadonlySet<Endpoint>;
  /** What was answered before says nothing. */
  sinceMs: number;
  nowMs: number;
}

/** What is missing, in words; nothing where it is back. */
export function missingToBack(presence: Presence, options: BackOptions): string[] {
  const { steady, concerned } = options;
  if (presence.exited !== undefined) {
    const { code, signal } = presence.exited;
    return [`it exited by itself with ${signal ?? `code ${code ?? "unknown"}`}`];
  }
  const streams = [...concerned].filter((endpoint) => endpoints[endpoint].kind === "stream");
  return [
    ...streams.flatMap((endpoint) => missingStreams(presence, steady, endpoint)),
    ...(concerned.has("exchange-rest") ? missingPolls(presence, options) : []),
    ...fallbacks(presence, options),
  ];
}

function missingStreams(presence: Presence, steady: SettledClient, endpoint: Endpoint): string[] {
  const wanted = steady.streams.filter((stream) => stream.endpoint === endpoint);
  if (wanted.length === 0) return [];
  const open = presence.of(endpoint);
  const flowing = open.filter(({ stalledBy }) => stalledBy.size === 0);
  if (flowing.length === 0) return [`it had no connection to ${endpoint} on which anything came`];
  if (wanted.some(({ authenticated }) => authenticated) && !flowing.some(({ authenticated }) => authenticated)) {
    return [`it was not authenticated on ${endpoint}`];
  }
  const carried = new Set(flowing.flatMap(carriedBy));
  const keys = new Set(wanted.flatMap((stream) => stream.topics.map((topic) => topicKey(stream, topic))));
  const missing = [...keys].filter((key) => !carried.has(key)).map((key) => key.split(" of ")[0] ?? key);
  if (missing.length > 0)
    return [`${missing.length} of ${count(keys.size, "topic")} (${listed(missing)}) brought nothing`];
  if (keys.size === 0 && !flowing.some(({ fed, authenticated }) => fed || authenticated)) {
    return [`nothing came on its connection to ${endpoint}`];
  }
  const most = Math.max(wanted.length, keys.size);
  return open.length > most
    ? [`it had ${open.length} connections to ${endpoint}, ${wanted.length} when it had settled`]
    : [];
}

const carriedBy = (stream: OpenStream): string[] =>
  [...stream.topics]
    .filter((topic) => !stream.silent.has(topic) && isFed(stream, topic))
    .map((topic) => topicKey(stream, topic));

function missingPolls(presence: Presence, { steady, sinceMs }: BackOptions): string[] {
  const regular = steady.polled.flatMap(({ name }) => presence.asked.get(name) ?? []).filter(({ times }) => times > 2);
  const missing = regular.filter(({ answeredAt }) => answeredAt < sinceMs).map(({ name }) => name);
  return missing.length === 0
    ? []
    : [`${missing.length} of ${regular.length} polled requests (${listed(missing)}) had no answer`];
}

/** Enough to be polled, and not asked for once more. */
const polledTimes = 3;

/** Whatever is polled this often would have been seen while it settled. */
function fallbacks(presence: Presence, { steady, nowMs }: BackOptions): string[] {
  const before = new Set(steady.polled.map(({ name }) => name));
  return [...presence.asked.values()]
    .filter(({ name, path, times, longestGapMs, lastAt }) => {
      const goesOn = nowMs - lastAt <= Math.max(2 * longestGapMs, seconds(5));
      return (
        !before.has(name) && path.startsWith("/v5/market/") && times >= polledTimes && longestGapMs < quietMs && goesOn
      );
    })
    .map(({ name }) => `it still polled ${name}, which it did not when it had settled`);
}
