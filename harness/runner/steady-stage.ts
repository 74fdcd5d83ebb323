/**
 * Waits on the stage for a client's steady state: that it has settled, before anything goes wrong, and that it is back
 * after that. What the state is, and what is missing of it, is computed by `evidence/steady`; here is only the waiting.
 */

import type { Clock } from "../../core/clock.ts";
import type { EventType, JournalEvent } from "../../core/journal/event.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { formatDuration, minutes, seconds } from "../../core/units.ts";
import { missingToBack } from "../evidence/steady/back.ts";
import { Presence } from "../evidence/steady/presence.ts";
import {
  missingToSettle,
  presenceText,
  rolesSeen,
  settlingLimitMs,
  showsItself,
  SettledClient,
} from "../evidence/steady/settled.ts";
import "../evidence/steady/events.ts";
import { endpointNames, isEndpoint, type Endpoint } from "../incident/endpoints.ts";
import { faultText } from "../incident/fault.ts";
import type { Role } from "../incident/roles.ts";
import { Interrupted } from "./interrupted.ts";
import { NotApplicable } from "./play-fault.ts";

/** The client never settled, so there was nothing that could go wrong. */
export class Unplayable extends Error {}

/** The client did not come back: the trial is over, and failed. */
export class NotBack extends Error {}

export interface SteadyStageOptions {
  journal: Journal;
  clock: Clock;
  signal: AbortSignal;
  /** What the scenario exercises. */
  roles: readonly Role[];
  /** What the client is known to play; undefined where that is taken from what is seen. */
  declared: readonly string[] | undefined;
  /** How it ended, for whoever waits for a client that has. */
  exitText: (exit: JournalEvent<"client.exited">) => Error;
}

/** How often it is looked where nothing is written. */
const lookMs = seconds(1);
/** What a fault does is seen by then. */
const showsMs = seconds(1);
/** For so long the longest backoff step is waited for, and a fault that is yet to land. */
const stepLimitMs = minutes(5);
const landingLimitMs = minutes(2);
/** Lines that change nothing of what a client has. */
const noNews: ReadonlySet<EventType> = new Set<EventType>(["exchange.book", "client.telemetry", "client.printed"]);

export class SteadyStage {
  readonly #options: SteadyStageOptions;
  readonly #presence: Presence;
  #steady: SettledClient | undefined;
  /** The line that says so. */
  #settledSeq = 0;

  constructor(options: SteadyStageOptions) {
    this.#options = options;
    this.#presence = new Presence(options.journal.view().events);
    options.journal.subscribe((event) => this.#presence.take(event));
  }

  /**
   * Waits until the client has settled. @param using What the scenario is about: a client that does not use it has
   * nothing to do here.
   */
  async settled(using: readonly Endpoint[]): Promise<SettledClient> {
    const { clock, journal, roles, declared, exitText } = this.#options;
    const presence = this.#presence;
    const expected = roles.filter((role) => declared?.includes(role) === true);
    const sinceMs = clock.elapsed();
    const missing = (): string[] => missingToSettle(presence, { declared: expected, sinceMs, nowMs: clock.elapsed() });
    const limitMs = Math.max(settlingLimitMs, seconds(20) * clock.compression);
    const settled = await this.#watch(limitMs, () => presence.exited !== undefined || missing().length === 0);
    if (presence.exited !== undefined) throw exitText(presence.exited);
    if (!settled) {
      throw new Unplayable(
        `The client did not settle within ${formatDuration(limitMs)}: it had ${presenceText(presence)}; missing was ${missing().join(", and ")}. See client.log.`,
      );
    }
    const seen = rolesSeen(presence);
    const steady = new SettledClient(presence, seen, clock.elapsed());
    const plays = roles.some(
      (role) => (declared ?? seen).includes(role) || (declared === undefined && !showsItself(role)),
    );
    if (!plays)
      throw new NotApplicable(
        `The scenario is about ${roles.join(", ")}; the client was seen to play ${seen.join(", ") || "none of the roles"}.`,
        "client",
      );
    const unused = using.filter((endpoint) => !steady.uses(endpoint));
    if (unused.length > 0) {
      throw new NotApplicable(
        `The scenario is about ${unused.join(", ")}, which the client does not use: it has ${presenceText(presence)}.`,
        "client",
      );
    }
    const used = endpointNames.filter((endpoint) => endpoint !== "exchange-rest" && steady.uses(endpoint));
    const line = journal.write("client.settled", {
      connections: Object.fromEntries(used.map((endpoint) => [endpoint, steady.connections(endpoint).length])),
      topics: Object.fromEntries(used.map((endpoint) => [endpoint, steady.topics(endpoint)])),
      polled: steady.polled.map(({ name }) => name),
      roles: seen,
    });
    this.#steady = steady;
    this.#settledSeq = line.seq;
    return steady;
  }

  /** @throws NotApplicable where the client has none of what the scenario needs. */
  needs<T>(found: T | undefined, what: string): T {
    if (found !== undefined) return found;
    throw new NotApplicable(
      `The scenario needs a client that has ${what}; this one has ${presenceText(this.#presence)}.`,
      "client",
    );
  }

  /** @throws NotBack where it is not within the limit and its own current backoff step. */
  async back(withinMs: number): Promise<void> {
    const steady = this.#steady;
    if (steady === undefined)
      throw new Error("back() without settled() before it: what it is to be back to is not known");
    const { clock, journal } = this.#options;
    const presence = this.#presence;
    await this.#watch(landingLimitMs, () => presence.exited !== undefined || this.#unlanded().length === 0);
    const armed = this.#armed();
    const concerned = new Set(
      armed
        .flatMap(({ endpoint }) => (isEndpoint(endpoint) ? [endpoint] : endpointNames))
        .filter((one) => steady.uses(one)),
    );
    // As the journal rounds it.
    const sinceMs = Math.round(clock.elapsed() * 1_000) / 1_000;
    const missing = (): string[] => missingToBack(presence, { steady, concerned, sinceMs, nowMs: clock.elapsed() });
    const deadlineMs = this.#deadline(concerned, sinceMs, withinMs, steady);
    let completeSince: number | undefined;
    let first = true;
    const look = (): boolean => {
      const now = clock.elapsed();
      if (missing().length > 0) completeSince = undefined;
      else completeSince ??= first ? sinceMs : now;
      first = false;
      const over = presence.exited !== undefined || now > deadlineMs();
      return over || (completeSince !== undefined && now - sinceMs >= showsMs);
    };
    await this.#watch(withinMs + stepLimitMs, look);
    const limitMs = Math.min(deadlineMs(), clock.elapsed()) - sinceMs;
    const isBack = completeSince !== undefined && presence.exited === undefined;
    const after = armed.map(faultText).join(" and ") || "nothing";
    journal.write("client.back", {
      sinceMs,
      backMs: isBack ? (completeSince ?? sinceMs) : null,
      limitMs: isBack ? Math.max(deadlineMs() - sinceMs, withinMs) : Math.max(limitMs, withinMs),
      missing: isBack ? "" : missing().join("; "),
      after,
    });
    if (!isBack) throw new NotBack(missing().join("; "));
  }

  /**
   * The limit counts from the next dial of a client whose dials have failed: until then it is in a step of its backoff,
   * and cannot know that the fault is over. A poll of its own is due by its own period.
   */
  #deadline(concerned: ReadonlySet<Endpoint>, sinceMs: number, withinMs: number, steady: SettledClient): () => number {
    const { journal } = this.#options;
    const view = journal.view();
    const about = (event: JournalEvent): boolean =>
      "endpoint" in event && isEndpoint(event.endpoint) && concerned.has(event.endpoint);
    const failed = view
      .all("connection.upgrade-refused", "connection.dial-ended", "proxy.dial-refused")
      .some((event) => about(event) && event.seq > this.#settledSeq);
    const polls = steady.polled.map(({ name }) => this.#presence.asked.get(name)?.longestGapMs ?? 0);
    const periodMs = concerned.has("exchange-rest") ? Math.min(Math.max(0, ...polls), stepLimitMs) : 0;
    return () => {
      if (!failed) return sinceMs + periodMs + withinMs;
      const next = view
        .all("connection.dialled", "proxy.dial-refused")
        .find((event) => about(event) && event.at >= sinceMs);
      return (next?.at ?? sinceMs + stepLimitMs) + periodMs + withinMs;
    };
  }

  /** The faults that have hit since it had settled. */
  #armed(): JournalEvent<"fault.armed">[] {
    const { journal } = this.#options;
    const landed = new Set(
      journal
        .view()
        .all("fault.landed")
        .map(({ fault }) => fault),
    );
    return journal
      .view()
      .all("fault.armed")
      .filter((armed) => armed.seq > this.#settledSeq && landed.has(armed.fault));
  }

  /** Faults that are armed and have not hit yet. */
  #unlanded(): string[] {
    const view = this.#options.journal.view();
    const done = new Set(view.all("fault.landed", "fault.healed").map(({ fault }) => fault));
    return view.all("fault.armed").flatMap(({ fault, ifMet }) => (done.has(fault) || ifMet === true ? [] : [fault]));
  }

  /** Looks at every line that may matter, and every second, until it is so or the limit is over. */
  #watch(limitMs: number, isSo: () => boolean): Promise<boolean> {
    const { journal, clock, signal } = this.#options;
    signal.throwIfAborted();
    if (isSo()) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        stop();
        ticks.cancel();
        limit.cancel();
        signal.removeEventListener("abort", abort);
        finish();
      };
      const look = (): void => {
        if (isSo()) end(() => resolve(true));
      };
      const abort = (): void => end(() => reject(new Interrupted()));
      const ticks = clock.every(lookMs, look);
      const limit = clock.after(limitMs, () => end(() => resolve(isSo())));
      const stop = journal.subscribe((event) => {
        if (!noNews.has(event.type)) look();
      });
      signal.addEventListener("abort", abort, { once: true });
    });
  }
}
