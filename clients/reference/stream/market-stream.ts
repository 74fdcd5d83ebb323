/**
 * One public connection with its topics: subscriptions, books and freshness on one stream, and a queue behind it. The
 * read loop does what has to be done frame by frame (books); everything else waits in the queue.
 */

import type { Incidents } from "../alerts/incidents.ts";
import type { Backoff } from "../backoff.ts";
import { exponentialBackoff } from "../backoff.ts";
import type { Parts } from "../parts.ts";
import type { Warnings } from "../warnings.ts";
import type { Books } from "./books.ts";
import type { StreamConnection, StreamSession } from "./connection.ts";
import type { DialBudget } from "./dial-budget.ts";
import type { DataFrame, StreamFrame } from "./frame.ts";
import type { TopicFreshness } from "./freshness.ts";
import type { MarketQueue } from "./queue.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { LatestMarket } from "./market.ts";
import { cadenceOf } from "./topics.ts";
import type { QueueWorker } from "./worker.ts";

export interface MarketStreamOptions {
  name: string;
  url: string;
  topics: readonly string[];
  parts: Parts;
  budget: DialBudget;
  warnings: Warnings;
  incidents: Incidents;
}

const subject = "market data";
const askAgain = (): Backoff => exponentialBackoff({ firstMs: 1_000, capMs: 30_000, stableMs: Infinity });

export class MarketStream implements StreamSession {
  readonly topics: readonly string[];
  readonly connection: StreamConnection;
  readonly subscriptions: Subscriptions;
  readonly freshness: TopicFreshness;
  readonly books: Books;
  readonly queue: MarketQueue;
  readonly market = new LatestMarket();
  readonly worker: QueueWorker;
  readonly #name: string;
  readonly #incidents: Incidents;

  constructor({ name, url, topics, parts, budget, warnings, incidents }: MarketStreamOptions) {
    this.#name = name;
    this.#incidents = incidents;
    this.topics = topics;
    const endpoint = "exchange-public";
    this.connection = parts.stream({
      ...{ name, endpoint, url, budget, warnings },
      session: this,
      backoff: parts.redial(),
    });
    this.subscriptions = parts.subscriptions({
      ...{ name, topics, warnings },
      send: (frame) => this.connection.send(frame),
      subscribed: (topic) => this.freshness.subscribed(topic),
      backoff: askAgain,
    });
    this.freshness = parts.freshness({
      cadence: cadenceOf,
      silent: (topic, silentMs) => {
        warnings.warn(`${topic} silent`, `${name}: ${topic} is silent for ${Math.round(silentMs / 1_000)} s: renewed`);
        this.subscriptions.renew(topic);
      },
    });
    this.books = parts.books({ topics, renew: (topic) => this.subscriptions.renew(topic) });
    this.queue = parts.queue();
    this.worker = parts.worker({ name, queue: this.queue, handle: parts.handler(this.market), warnings });
  }

  opened(): void {
    this.freshness.opened();
    this.subscriptions.opened();
    this.#incidents.good(subject, this.#name);
  }

  data(frame: DataFrame): void {
    this.freshness.alive();
    this.freshness.heard(frame.topic);
    this.books.receive(frame);
    this.queue.put(frame);
    this.worker.wake();
  }

  control(frame: StreamFrame): void {
    this.freshness.alive();
    this.subscriptions.answered(frame);
  }

  lost(): void {
    this.freshness.lost();
    this.subscriptions.lost();
    this.books.lost();
    this.queue.clear();
    this.#incidents.bad(subject, this.#name, "the connection was lost");
  }
}
