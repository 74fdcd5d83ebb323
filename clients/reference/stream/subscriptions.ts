/**
 * The topics that are wanted, and what the exchange has answered to them on this connection: brought together anew whenever
 * a connection opens. Every request has a deadline for its answer. A refusal meets a whole request, so the topics that
 * were not meant are asked for again at once; the one that was meant, and whatever was not answered, with backoff and one
 * by one.
 */

import type { Backoff } from "../backoff.ts";
import type { Warnings } from "../warnings.ts";
import type { StreamFrame } from "./frame.ts";

export interface SubscriptionOptions {
  /** Its connection's name in the log. */
  name: string;
  topics: readonly string[];
  send(frame: object): void;
  /** The exchange has confirmed this topic. */
  subscribed(topic: string): void;
  backoff(): Backoff;
  warnings: Warnings;
}

interface Request {
  topics: readonly string[];
  deadline: NodeJS.Timeout;
}

const ackWithinMs = 5_000;
/** Spot takes no more in one request. */
const topicsInRequest = 10;

export class Subscriptions {
  protected readonly options: SubscriptionOptions;
  protected readonly live = new Set<string>();
  readonly #requests = new Map<string, Request>();
  readonly #retries = new Map<string, { backoff: Backoff; timer?: NodeJS.Timeout }>();
  #lastId = 0;

  constructor(options: SubscriptionOptions) {
    this.options = options;
  }

  /** Topics that are wanted and not confirmed. */
  get missing(): string[] {
    return this.options.topics.filter((topic) => !this.live.has(topic));
  }

  /** A new connection knows of no topic. */
  opened(): void {
    this.lost();
    this.ask(this.missing);
  }

  lost(): void {
    this.live.clear();
    for (const { deadline } of this.#requests.values()) clearTimeout(deadline);
    for (const { timer } of this.#retries.values()) clearTimeout(timer);
    this.#requests.clear();
    this.#retries.clear();
  }

  /** Leaves a topic and takes it again, which brings a fresh snapshot. */
  renew(topic: string): void {
    this.live.delete(topic);
    this.options.send({ op: "unsubscribe", req_id: this.#nextId(), args: [topic] });
    this.ask([topic]);
  }

  /** An answer to one of our requests; others are not ours. */
  answered({ req_id, success, ret_msg }: StreamFrame): void {
    const request = typeof req_id === "string" ? this.#requests.get(req_id) : undefined;
    if (request === undefined) return;
    clearTimeout(request.deadline);
    this.#requests.delete(req_id as string);
    if (success === true) request.topics.forEach((topic) => this.confirm(topic));
    else this.refused(request.topics, typeof ret_msg === "string" ? ret_msg : "");
  }

  protected ask(topics: readonly string[]): void {
    for (let at = 0; at < topics.length; at += topicsInRequest) this.#request(topics.slice(at, at + topicsInRequest));
  }

  protected confirm(topic: string): void {
    if (this.live.has(topic)) return;
    this.live.add(topic);
    clearTimeout(this.#retries.get(topic)?.timer);
    this.#retries.delete(topic);
    this.options.subscribed(topic);
  }

  protected refused(topics: readonly string[], why: string): void {
    const { name, warnings } = this.options;
    const meant = topics.find((topic) => why.endsWith(`topic:${topic}`));
    const others = topics.filter((topic) => topic !== meant && !this.live.has(topic));
    if (meant !== undefined && why.includes("already subscribed")) this.confirm(meant);
    else {
      warnings.warn(`${name} ${why}`, `${name}: subscription refused: ${why}`);
      for (const topic of meant === undefined ? topics : [meant]) this.#retryLater(topic);
    }
    if (meant !== undefined && others.length > 0) this.ask(others);
  }

  protected unanswered(topics: readonly string[]): void {
    const { name, warnings } = this.options;
    const missing = topics.filter((topic) => !this.live.has(topic));
    if (missing.length === 0) return;
    warnings.warn(`${name} no ack`, `${name}: no answer to the subscription of ${missing.join(", ")}`);
    for (const topic of missing) this.#retryLater(topic);
  }

  #request(topics: readonly string[]): void {
    const id = this.#nextId();
    // The request stays known after its deadline: a late answer is an answer.
    const deadline = setTimeout(() => setImmediate(() => this.#look(id)), ackWithinMs);
    this.#requests.set(id, { topics, deadline });
    this.options.send({ op: "subscribe", req_id: id, args: topics });
  }

  #look(id: string): void {
    const request = this.#requests.get(id);
    if (request !== undefined) this.unanswered(request.topics);
  }

  #retryLater(topic: string): void {
    const retry = this.#retries.get(topic) ?? { backoff: this.options.backoff() };
    clearTimeout(retry.timer);
    retry.timer = setTimeout(() => {
      if (!this.live.has(topic)) this.ask([topic]);
    }, retry.backoff.next());
    this.#retries.set(topic, retry);
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.options.name}-${this.#lastId}`;
  }
}
