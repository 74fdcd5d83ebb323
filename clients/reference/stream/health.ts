/**
 * Whether the market data can be relied on, by the data and not by the sockets: reported whenever it changes, and every
 * minute as a line for the operator.
 */

import { telemetry } from "../../telemetry.ts";
import { log } from "../log.ts";
import type { Books } from "./books.ts";
import type { StreamConnection } from "./connection.ts";
import type { TopicFreshness } from "./freshness.ts";
import type { MarketQueue } from "./queue.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { QueueWorker } from "./worker.ts";

/** What there is to look at of a connection with its topics. */
export interface WatchedStream {
  connection: StreamConnection;
  subscriptions: Subscriptions;
  freshness: TopicFreshness;
  books: Books;
  queue: MarketQueue;
  worker: QueueWorker;
}

const lookEveryMs = 5_000;
const lineEveryMs = 60_000;

export class MarketHealth {
  readonly #streams: readonly WatchedStream[];
  #status: "ok" | "degraded" | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(streams: readonly WatchedStream[]) {
    this.#streams = streams;
  }

  start(): void {
    this.#timers = [setInterval(() => this.#look(), lookEveryMs), setInterval(() => log(this.#line()), lineEveryMs)];
  }

  stop(): void {
    this.#timers.forEach((timer) => clearInterval(timer));
  }

  #look(): void {
    const troubles = this.troubles();
    const status = troubles.length === 0 ? "ok" : "degraded";
    if (status === this.#status) return;
    this.#status = status;
    telemetry("health", { role: "market-data", status, why: troubles.slice(0, 10) });
  }

  /** What is wrong, in words. */
  protected troubles(): string[] {
    return this.#streams.flatMap(troublesOf);
  }

  #line(): string {
    const up = this.#streams.filter(({ connection }) => connection.state === "CONNECTED").length;
    const sum = (of: (stream: WatchedStream) => number): number => this.#streams.reduce((all, s) => all + of(s), 0);
    const queued = sum(({ queue }) => queue.size);
    const errors = sum(({ connection, worker, books }) => connection.errors + worker.errors + books.malformed);
    const quietS = Math.max(...this.#streams.map(({ connection }) => connection.dataAgeMs)) / 1_000;
    return `health: market-data ${this.#status ?? "starting"}, ${up} of ${this.#streams.length} connections, queue ${queued}, errors ${errors}, last event ${quietS.toFixed(1)} s ago`;
  }
}

function troublesOf({ connection, freshness, books, subscriptions }: WatchedStream): string[] {
  const { name, state } = connection;
  if (state !== "CONNECTED") return [`${name} is ${state}`];
  return [
    ...subscriptions.missing.map((topic) => `${topic} is not confirmed`),
    ...freshness.stale.map((topic) => `${topic} is silent`),
    ...books.unsynced.map((topic) => `${topic} has no book`),
  ];
}
