/**
 * The steady state of a client: what it has and does when nothing is wrong, observed and not prescribed. It is settled when
 * for half a minute nothing new came (a connection, a topic, a target of polling), every topic that is never quiet had
 * data, and each role that it is known to play was seen. The roles `trading` and `alerts` do not show themselves then.
 */

import { count, formatDuration, minutes, seconds } from "../../../core/units.ts";
import { endpointNames, type Endpoint } from "../../incident/endpoints.ts";
import type { Role } from "../../incident/roles.ts";
import type { SteadyState } from "../../incident/scenario.ts";
import type { OpenStream, Presence } from "./presence.ts";
import { topicKey } from "./presence.ts";

export const quietMs = seconds(30);
/** For how long a client may take to settle. */
export const settlingLimitMs = minutes(5);
/** The exchange refuses whoever makes more connections in five minutes: no client has that many because nothing is wrong. */
const mostStreams = 500;

const neverQuiet = /^(orderbook|tickers|publicTrade|kline)\./;
const alwaysAnswered = /^(orderbook|tickers)\./;
/** The mock's thin and empty markets have a book and a ticker, and hours without a trade. */
const sparse = /\.(FRESH|THIN|VOID)USDT$/;

/** Had it data, or need it not have any? */
export const isFed = ({ fedTopics }: OpenStream, topic: string): boolean =>
  fedTopics.has(topic) || !(sparse.test(topic) ? alwaysAnswered : neverQuiet).test(topic);

/** By what each role shows itself. */
const signs: Partial<Record<Role, (presence: Presence) => boolean>> = {
  "market-data": (presence) => presence.of("exchange-public").some(({ topics }) => topics.size > 0),
  connector: (presence) =>
    presence.children > 0 && presence.of("exchange-public").some(({ topics }) => topics.size > 0),
  "private-stream": (presence) =>
    presence.of("exchange-private").some(({ authenticated, topics }) => authenticated && topics.size > 0),
  "rest-polling": (presence) => [...presence.asked.values()].some(({ times }) => times > 1),
  signals: (presence) => presence.of("signal").some(({ fed }) => fed),
};

export const showsItself = (role: Role): boolean => signs[role] !== undefined;

export const rolesSeen = (presence: Presence): Role[] =>
  (Object.keys(signs) as Role[]).filter((role) => signs[role]?.(presence) === true);

/** What is missing for it to be settled, in words; nothing where it is. It is looked from `sinceMs` on. */
export function missingToSettle(
  presence: Presence,
  { declared, sinceMs, nowMs }: { declared: readonly Role[]; sinceMs: number; nowMs: number },
): string[] {
  const seen = rolesSeen(presence);
  const unseen = declared.filter((role) => showsItself(role) && !seen.includes(role));
  const streams = [...presence.streams.values()];
  const mute = streams.flatMap((stream) => [...stream.topics].filter((topic) => !isFed(stream, topic)));
  const idle = streams.length === 0 && presence.asked.size === 0;
  const agoMs = nowMs - Math.max(presence.newsAt, sinceMs);
  return [
    ...(idle ? ["any connection of its own"] : []),
    ...(unseen.length > 0 ? [`${count(unseen.length, "role")} that it is to play: ${unseen.join(", ")}`] : []),
    ...(mute.length > 0 ? [`data of ${listed(mute)}`] : []),
    ...(streams.length > mostStreams ? [`an end of new connections (${streams.length} are open)`] : []),
    ...(agoMs < quietMs
      ? [
          `${formatDuration(quietMs)} without a new connection, topic or polled request (the last came ${formatDuration(Math.max(agoMs, 0))} ago)`,
        ]
      : []),
  ];
}

/** What a client has and does, in words. */
export function presenceText(presence: Presence): string {
  const parts = endpointNames.flatMap((endpoint) => {
    const streams = presence.of(endpoint);
    if (streams.length === 0) return [];
    const topics = new Set(streams.flatMap((stream) => [...stream.topics].map((topic) => topicKey(stream, topic))));
    const with_ = topics.size === 0 ? "" : ` with ${count(topics.size, "topic")}`;
    return [`${count(streams.length, "connection")} to ${endpoint}${with_}`];
  });
  const { size } = presence.asked;
  return (
    [...parts, ...(size === 0 ? [] : [`${count(size, "kind")} of request to exchange-rest`])].join(", ") || "nothing"
  );
}

const shown = 3;
export const listed = (names: readonly string[]): string =>
  `${names.slice(0, shown).join(", ")}${names.length > shown ? ` and ${names.length - shown} more` : ""}`;

/** The steady state of a client as it was when it had settled. */
export class SettledClient implements SteadyState {
  readonly streams: readonly (Pick<OpenStream, "endpoint" | "connection" | "path" | "authenticated"> & {
    topics: readonly string[];
  })[];
  readonly polled: readonly { name: string; path: string; symbol: string }[];
  readonly roles: readonly Role[];
  readonly atMs: number;

  constructor(presence: Presence, roles: readonly Role[], atMs: number) {
    this.atMs = atMs;
    this.roles = roles;
    this.streams = [...presence.streams.values()].map((stream) => ({ ...stream, topics: [...stream.topics] }));
    this.polled = [...presence.asked.values()];
  }

  readonly uses = (endpoint: Endpoint): boolean =>
    endpoint === "exchange-rest" ? this.polled.length > 0 : this.connections(endpoint).length > 0;

  readonly connections = (endpoint: Endpoint): string[] =>
    this.streams.filter((stream) => stream.endpoint === endpoint).map(({ connection }) => connection);

  /** Those that a pattern fits, in the order they were asked for. */
  readonly topics = (endpoint: Endpoint, pattern = /./): string[] => {
    const held = this.streams.filter((stream) => stream.endpoint === endpoint).flatMap(({ topics }) => topics);
    return [...new Set(held)].filter((topic) => pattern.test(topic));
  };

  /** Whether it asks for a path over REST. */
  readonly polls = (path: string): boolean => this.polled.some((one) => one.path === path);
}
