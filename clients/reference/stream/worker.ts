/**
 * Deals with the queue beside the read loop: one update at a time, the event loop free between any two. A handler that
 * throws or takes for ever costs that update and nothing else.
 */

import { log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import type { Warnings } from "../warnings.ts";
import type { MarketQueue, Update } from "./queue.ts";

export type MarketHandler = (update: Update) => Promise<void> | void;

export interface WorkerOptions {
  name: string;
  queue: MarketQueue;
  handle: MarketHandler;
  warnings: Warnings;
}

const handleWithinMs = 5_000;

export class QueueWorker {
  readonly #options: WorkerOptions;
  #running = false;
  errors = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** There is something in the queue. */
  wake(): void {
    if (this.#running) return;
    this.#running = true;
    setImmediate(() => void this.#work());
  }

  /** The handler threw: that costs this update. */
  protected failed({ topic }: Update, error: unknown): void {
    const { name, warnings } = this.#options;
    this.errors += 1;
    warnings.warn(`${name} ${topic} handler`, `${name}: ${topic}: handler failed: ${messageOf(error)}`);
  }

  async #work(): Promise<void> {
    const { queue } = this.#options;
    for (let update = queue.take(); update !== undefined; update = queue.take()) {
      await this.#deal(update);
      await new Promise(setImmediate);
    }
    this.#running = false;
  }

  async #deal(update: Update): Promise<void> {
    const { name, handle } = this.#options;
    let deadline: NodeJS.Timeout | undefined;
    try {
      const dealing = handle(update);
      if (dealing === undefined) return;
      const late = new Promise<"late">((resolve) => {
        deadline = setTimeout(() => resolve("late"), handleWithinMs);
      });
      if ((await Promise.race([dealing, late])) === "late") {
        this.errors += 1;
        log(`[HANDLER_TIMEOUT] ${update.topic} for ${name}`);
      }
    } catch (error) {
      this.failed(update, error);
    } finally {
      clearTimeout(deadline);
    }
  }
}
