/** Subscriptions that grow: a runner is asked to subscribe more while it runs. */

import { Subscriptions, type SubscriptionOptions } from "../stream/subscriptions.ts";

export class WantedTopics extends Subscriptions {
  readonly #topics: string[];

  constructor(options: Omit<SubscriptionOptions, "topics">) {
    const topics: string[] = [];
    super({ ...options, topics });
    this.#topics = topics;
  }

  /** Asks for them now where there is a connection; whenever one opens, all are asked for. */
  want(topics: readonly string[], connected: boolean): void {
    const fresh = topics.filter((topic) => !this.#topics.includes(topic));
    this.#topics.push(...fresh);
    if (connected) this.ask(fresh);
  }
}
