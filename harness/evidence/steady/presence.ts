/**
 * What a client has and does at a moment, as seen from outside, event by event: its open streams with their topics, which
 * of them had data, and what it polls. It follows a journal that grows as well as one that is stored. What the client has
 * of it when nothing is wrong is its steady state (`settled.ts`).
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import { endpoints, isEndpoint, type Endpoint } from "../../incident/endpoints.ts";
import { operationName } from "../polls.ts";
import { asksTime } from "../requests.ts";

/** A stream that is open. */
export interface OpenStream {
  endpoint: Endpoint;
  connection: string;
  path: string;
  openedAt: number;
  authenticated: boolean;
  /** Anything came on it. */
  fed: boolean;
  topics: Set<string>;
  fedTopics: Set<string>;
  /** The rules that keep the whole stream still, and those that keep topics of it silent. */
  stalledBy: Set<string>;
  silent: Map<string, string>;
}

/** An operation that is asked for over REST. */
export interface Asked {
  name: string;
  path: string;
  symbol: string;
  firstAt: number;
  lastAt: number;
  times: number;
  /** The longest time between two of its requests. */
  longestGapMs: number;
  /** The last one that was answered with a success. */
  answeredAt: number;
}

export class Presence {
  readonly streams = new Map<string, OpenStream>();
  readonly asked = new Map<string, Asked>();
  /** When something came that was not there before: a connection, a topic, a target of polling; or a stream went. */
  newsAt = 0;
  /** Processes that it started. */
  children = 0;
  /** The client has ended by itself, and was not started again. */
  exited: JournalEvent<"client.exited"> | undefined;
  readonly #paths = new Map<string, string>();
  readonly #actions = new Map<string, string>();
  readonly #knownTopics = new Set<string>();

  constructor(past: readonly JournalEvent[] = []) {
    past.forEach((event) => this.take(event));
  }

  take(event: JournalEvent): void {
    switch (event.type) {
      case "client.started":
        this.exited = undefined;
        break;
      case "client.exited":
        this.exited = event.expected ? undefined : event;
        break;
      case "client.child-started":
        this.children += 1;
        break;
      case "exchange.request":
        this.#request(event);
        break;
      case "exchange.stream-fault":
        this.#actions.set(event.rule, String(event.action.do));
        break;
      case "rule.hit":
        this.#hit(event);
        break;
      case "exchange.stream-healed":
        this.#healed(event);
        break;
      case "connection.upgrade-requested":
        this.#paths.set(event.connection, event.path);
        break;
      default:
        if ("endpoint" in event && "connection" in event) this.#onStream(event);
    }
  }

  of(endpoint: Endpoint): OpenStream[] {
    return [...this.streams.values()].filter((stream) => stream.endpoint === endpoint);
  }

  #onStream(event: JournalEvent & { endpoint: string; connection: string }): void {
    const { endpoint, connection, at } = event;
    if (!isEndpoint(endpoint) || endpoints[endpoint].kind !== "stream") return;
    if (event.type === "connection.opened") {
      const path = this.#paths.get(connection) ?? "";
      this.streams.set(connection, { ...blank(), endpoint, connection, path, openedAt: at });
      this.newsAt = at;
    }
    const stream = this.streams.get(connection);
    if (stream === undefined) return;
    if (event.type === "connection.closed") {
      this.streams.delete(connection);
      this.newsAt = at;
    } else if (event.type === "connection.authenticated") stream.authenticated = true;
    else if (event.type === "connection.fed") stream.fed = true;
    else if (event.type === "exchange.topic-fed") stream.fedTopics.add(event.topic);
    else if (event.type === "connection.subscribed")
      event.topics.forEach((topic) => this.#subscribed(stream, topic, at));
    else if (event.type === "exchange.stream-request" && event.op === "unsubscribe" && event.success)
      event.topics.forEach((topic) => stream.topics.delete(topic));
  }

  #subscribed(stream: OpenStream, topic: string, at: number): void {
    stream.topics.add(topic);
    const key = topicKey(stream, topic);
    if (!this.#knownTopics.has(key)) this.newsAt = at;
    this.#knownTopics.add(key);
  }

  #hit({ rule, connection, topics = [], at }: JournalEvent<"rule.hit">): void {
    const stream = this.streams.get(connection);
    const action = this.#actions.get(rule) ?? "";
    // The exchange has ended it; its client may take its time to see that, or to answer.
    if (ends.has(action) && this.streams.delete(connection)) this.newsAt = at;
    if (action === "stall") stream?.stalledBy.add(rule);
    if (action === "silence") topics.forEach((topic) => stream?.silent.set(topic, rule));
  }

  #healed({ rule, connection }: JournalEvent<"exchange.stream-healed">): void {
    const stream = this.streams.get(connection);
    stream?.stalledBy.delete(rule);
    for (const [topic, by] of stream?.silent ?? []) if (by === rule) stream?.silent.delete(topic);
  }

  #request(event: JournalEvent<"exchange.request">): void {
    if (event.method !== "GET" || asksTime(event)) return;
    const name = operationName(event);
    const { receivedAt, path } = event;
    const known = this.asked.get(name);
    const answeredAt = event.retCode === 0 ? event.at : (known?.answeredAt ?? -Infinity);
    if (known === undefined) {
      const symbol = new URLSearchParams(event.payload).get("symbol") ?? "";
      const first = { firstAt: receivedAt, lastAt: receivedAt, times: 1, longestGapMs: 0, answeredAt };
      this.asked.set(name, { name, path, symbol, ...first });
      this.newsAt = Math.max(this.newsAt, receivedAt);
      return;
    }
    const longestGapMs = Math.max(known.longestGapMs, receivedAt - known.lastAt);
    Object.assign(known, { lastAt: receivedAt, times: known.times + 1, longestGapMs, answeredAt });
  }
}

/** What a rule does that ends a stream. */
const ends: ReadonlySet<string> = new Set(["close", "fin", "reset", "mid-frame-reset"]);

/** A topic with the market that its stream is of; the same topic on another path is another one. */
export const topicKey = ({ path }: Pick<OpenStream, "path">, topic: string): string => `${topic} of ${path}`;

const blank = () => ({
  authenticated: false,
  fed: false,
  topics: new Set<string>(),
  fedTopics: new Set<string>(),
  stalledBy: new Set<string>(),
  silent: new Map<string, string>(),
});
