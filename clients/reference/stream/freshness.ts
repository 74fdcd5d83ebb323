/**
 * A topic that has gone silent while its connection lives. Each topic is held against its own cadence, which is learned:
 * a sparse market's book is slow by nature. Time counts only up to the last sign of life of the connection, so a pause of
 * the whole connection, or of this program, makes no topic late.
 */

import type { Cadence } from "./topics.ts";

export interface FreshnessOptions {
  /** This topic is silent for longer than is right. */
  silent(topic: string, silentMs: number): void;
  /** How much silence a topic can rightly have; undefined for any. */
  cadence(topic: string): Cadence | undefined;
}

interface Watched {
  cadence: Cadence;
  /** The last gaps between two frames, ms. */
  gaps: number[];
  /** Their middle, once somebody asked; it is asked for far more often than it changes. */
  usualMs?: number | undefined;
  /** Its last frame on this connection, or when it was confirmed. */
  lastAt: number;
  heard: boolean;
  /** It was reported silent, and has brought nothing since. */
  silent: boolean;
  /** Grows with every time it was reported silent and then brought nothing. */
  patience: number;
}

/** It looks when a topic may be late, and no more and no less often than so. */
const leastLookMs = 500;
/** Less than any topic has. */
const mostLookMs = 5_000;
/** A new subscriber is greeted at once, but for what is on its way. */
const greetedWithinMs = 10_000;
const remembered = 31;
const enoughGaps = 8;
const mostPatience = 8;

export class TopicFreshness {
  protected readonly options: FreshnessOptions;
  readonly #watched = new Map<string, Watched>();
  #lifeAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FreshnessOptions) {
    this.options = options;
  }

  opened(): void {
    this.lost();
    this.#arm();
  }

  lost(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What was learned of their cadence holds on the next connection too.
    for (const watched of this.#watched.values()) Object.assign(watched, { lastAt: Infinity, silent: false });
  }

  /** The exchange has confirmed the topic: from now on it is expected. */
  subscribed(topic: string): void {
    const cadence = this.options.cadence(topic);
    if (cadence === undefined) return;
    const known = this.#watched.get(topic) ?? { cadence, gaps: [], silent: false, patience: 1 };
    this.#watched.set(topic, { ...known, lastAt: performance.now(), heard: false });
  }

  /** Anything came in on the connection. */
  alive(): void {
    this.#lifeAt = performance.now();
  }

  heard(topic: string): void {
    const watched = this.#watched.get(topic);
    if (watched === undefined) return;
    const now = performance.now();
    if (watched.heard && now > watched.lastAt) {
      watched.gaps.push(now - watched.lastAt);
      if (watched.gaps.length > remembered) watched.gaps.shift();
      watched.usualMs = undefined;
      watched.patience = 1;
    }
    watched.heard = true;
    watched.silent = false;
    watched.lastAt = now;
  }

  /** Topics that are silent for longer than is right, and those that were reported to be and have brought nothing since. */
  get stale(): string[] {
    const isStale = (watched: Watched): boolean => watched.silent || this.#overdue(watched);
    return [...this.#watched].filter(([, watched]) => isStale(watched)).map(([topic]) => topic);
  }

  protected look(): void {
    for (const [topic, watched] of this.#watched) {
      if (!this.#overdue(watched)) continue;
      const silentMs = this.#lifeAt - watched.lastAt;
      watched.lastAt = performance.now();
      watched.heard = false;
      watched.silent = true;
      watched.patience = Math.min(watched.patience * 2, mostPatience);
      this.options.silent(topic, silentMs);
    }
  }

  #arm(): void {
    const dueAt = Math.min(...[...this.#watched.values()].map((watched) => watched.lastAt + allowedMs(watched)));
    const waitMs = Math.min(Math.max(dueAt - performance.now(), leastLookMs), mostLookMs);
    const timer = setTimeout(() => setImmediate(() => this.#due(timer)), waitMs);
    this.#timer = timer;
  }

  #due(timer: NodeJS.Timeout): void {
    // Between the timer and what had come in meanwhile, the connection may have been lost.
    if (this.#timer !== timer) return;
    this.look();
    if (this.#timer === timer) this.#arm();
  }

  #overdue(watched: Watched): boolean {
    return this.#lifeAt - watched.lastAt > allowedMs(watched);
  }
}

const allowedMs = (watched: Watched): number => limitOf(watched) * watched.patience;

function limitOf(watched: Watched): number {
  const { cadence, gaps, heard } = watched;
  const { factor, leastMs, greets, unknownMs } = cadence;
  if (!heard && greets) return greetedWithinMs;
  if (gaps.length < enoughGaps) return unknownMs;
  return Math.max(leastMs, factor * (watched.usualMs ??= usual(gaps)));
}

/** The median of regular gaps is not moved by a pause; of random ones it is two thirds of the mean. */
const usual = (gaps: readonly number[]): number => gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0;
