/**
 * The topics of one category and who listens to them. A topic exists while somebody is subscribed; each step it makes
 * its frames once and hands the same ones to all.
 */

import type { MarketData } from "../../market/market-data.ts";
import type { Category } from "../../market/market.ts";
import type { Step } from "../../market/pulse.ts";
import type { Frame } from "../frame.ts";
import type { BookWitness } from "./book-witness.ts";
import type { Topic, TopicKind } from "./topic.ts";

export interface Subscriber {
  publish(topic: string, frame: Frame): void;
}

interface Entry {
  topic: Topic;
  subscribers: Set<Subscriber>;
}

export class Hub {
  readonly category: Category;
  readonly #kinds: ReadonlyMap<string, TopicKind>;
  readonly #market: MarketData;
  readonly #witness: BookWitness | undefined;
  readonly #entries = new Map<string, Entry>();

  constructor(category: Category, kinds: ReadonlyMap<string, TopicKind>, market: MarketData, witness?: BookWitness) {
    this.category = category;
    this.#kinds = kinds;
    this.#market = market;
    this.#witness = witness;
  }

  get hasSubscribers(): boolean {
    return this.#entries.size > 0;
  }

  /** Whether there is such a topic. */
  knows(topic: string): boolean {
    return this.#entries.has(topic) || this.#open(topic) !== undefined;
  }

  /** Everything the subscriber gets from now on builds on the greeting that it gets at once. */
  subscribe(topic: string, subscriber: Subscriber): void {
    this.#market.catchUp();
    let entry = this.#entries.get(topic);
    if (entry === undefined) {
      const opened = this.#open(topic);
      if (opened === undefined) return;
      entry = { topic: opened, subscribers: new Set() };
      this.#entries.set(topic, entry);
      this.#witness?.write(topic, this.snapshot(topic));
    }
    entry.subscribers.add(subscriber);
    for (const frame of entry.topic.greeting()) subscriber.publish(topic, frame);
  }

  /** What a new subscriber would get now, of a topic that somebody listens to. */
  snapshot(topic: string): Frame | undefined {
    return this.#entries.get(topic)?.topic.greeting().at(0);
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    const entry = this.#entries.get(topic);
    entry?.subscribers.delete(subscriber);
    if (entry?.subscribers.size === 0) this.#entries.delete(topic);
  }

  step(step: Step): void {
    for (const [name, { topic, subscribers }] of this.#entries) {
      const frames = topic.step(step);
      if (frames.length > 0) this.#witness?.write(name, this.snapshot(name));
      for (const frame of frames) {
        for (const subscriber of subscribers) subscriber.publish(name, frame);
      }
    }
  }

  #open(topic: string): Topic | undefined {
    const [kind = "", ...parts] = topic.split(".");
    return this.#kinds.get(kind)?.open({ topic, parts, category: this.category, market: this.#market });
  }
}
