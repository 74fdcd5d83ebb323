/**
 * Protocol faults as data: match -> action -> how often, with a time to live. A mock asks its rule book at every point
 * where a fault can act; the first armed rule that matches decides. A rule that nobody disarms dies by itself, so a
 * crashed run leaves nothing behind. Each hit is journaled, and that event is the proof that the fault landed.
 */

import type { Clock, Timer } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A rule met traffic: `subject` says which, `topics` are those that it concerns, where it concerns any. */
    "rule.hit": {
      rule: string;
      endpoint: string;
      connection: string;
      subject: string;
      topics?: readonly string[];
      nth: number;
    };
    /** A rule ended: taken back, used up, or past its time to live. */
    "rule.ended": { rule: string; endpoint: string; why: "disarmed" | "used-up" | "expired"; hits: number };
  }
}

/** How often a rule hits, and how long it lives. */
export interface Often {
  /** Matches to let pass before the first hit; 2 means "on the third". Default 0. */
  skip?: number;
  /** How many hits until it is used up. Default: no limit. */
  times?: number;
  /** Incident ms after which it dies by itself. */
  ttlMs: number;
}

export interface Rule<Match, Action> extends Often {
  match: Match;
  action: Action;
}

export interface Armed {
  readonly id: string;
  disarm(): void;
}

interface Entry<Match, Action> {
  id: string;
  rule: Rule<Match, Action>;
  seen: number;
  hits: number;
  expiry: Timer;
}

export class RuleBook<
  Match,
  Action,
  Subject extends { describe: string; connection: string; topics?: readonly string[] },
> {
  readonly #entries = new Map<string, Entry<Match, Action>>();
  readonly #options: {
    endpoint: string;
    clock: Clock;
    journal: JournalSink;
    fits: (match: Match, subject: Subject) => boolean;
  };
  #counter = 0;

  constructor(options: {
    endpoint: string;
    clock: Clock;
    journal: JournalSink;
    fits: (match: Match, subject: Subject) => boolean;
  }) {
    this.#options = options;
  }

  arm(rule: Rule<Match, Action>): Armed {
    this.#counter += 1;
    const id = `${this.#options.endpoint}-rule-${this.#counter}`;
    const expiry = this.#options.clock.after(rule.ttlMs, () => this.#end(id, "expired"));
    this.#entries.set(id, { id, rule, seen: 0, hits: 0, expiry });
    return { id, disarm: () => this.#end(id, "disarmed") };
  }

  /** The armed rules, for a mock that has to act on them by itself (a timer, say). */
  get armed(): Rule<Match, Action>[] {
    return [...this.#entries.values()].map((entry) => entry.rule);
  }

  /** Whether nothing is armed: a busy mock asks this first, before it describes a subject. */
  get empty(): boolean {
    return this.#entries.size === 0;
  }

  /** What the fault does to this subject, or undefined where no rule meets it. Counts the hit. */
  decide(subject: Subject): Action | undefined {
    for (const entry of this.#entries.values()) {
      if (!this.#options.fits(entry.rule.match, subject)) continue;
      entry.seen += 1;
      if (entry.seen <= (entry.rule.skip ?? 0)) continue;
      entry.hits += 1;
      const { endpoint, journal } = this.#options;
      journal.write("rule.hit", {
        rule: entry.id,
        endpoint,
        connection: subject.connection,
        subject: subject.describe,
        ...(subject.topics === undefined ? {} : { topics: subject.topics }),
        nth: entry.hits,
      });
      if (entry.hits >= (entry.rule.times ?? Infinity)) this.#end(entry.id, "used-up");
      return entry.rule.action;
    }
    return undefined;
  }

  /** Disarms everything. */
  clear(): void {
    for (const id of [...this.#entries.keys()]) this.#end(id, "disarmed");
  }

  #end(id: string, why: "disarmed" | "used-up" | "expired"): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.expiry.cancel();
    this.#entries.delete(id);
    this.#options.journal.write("rule.ended", { rule: id, endpoint: this.#options.endpoint, why, hits: entry.hits });
  }
}
