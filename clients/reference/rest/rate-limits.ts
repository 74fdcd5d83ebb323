/**
 * Keeps within the exchange's rate limits by what its replies say: `X-Bapi-Limit` is how many calls a second an
 * endpoint allows, so the first call to an unknown one goes alone, and the others are spread. After a 10006 nothing
 * is sent there until the reset that the reply names, or for a second where it names none. Other endpoints go on.
 * Waits are in monotonic time: a date that jumps makes none of them longer or shorter.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { Refused, tooManyVisits } from "./errors.ts";

export interface RateLimits {
  /** Resolves when a call to this endpoint may go out. */
  turn(path: string, signed: boolean): Promise<void>;
  /** Whether the endpoint refuses calls; one that had its turn and then waited for a connection asks again. */
  closed(path: string): boolean;
  /** Learns from a reply. */
  learn(path: string, reply: LimitReply): void;
}

export interface LimitReply {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  refused?: Refused | undefined;
}

interface Endpoint {
  /** How far apart calls have to be, ms; undefined until a reply has named it. */
  spacingMs: number | undefined;
  /** The next call is spread to this; here and below, ms of monotonic time. */
  nextAt: number;
  /** Nothing goes out before this: it was refused. */
  closedUntil: number;
  asked: boolean;
  /** So many calls may go before their turn. */
  ahead: number;
  /** Calls wait in line: each for the one before it. */
  line: Promise<void>;
  /** Ends the wait for the first reply. */
  learned: () => void;
  known: Promise<void>;
}

/** Calls that left evenly may arrive bunched. */
const usedShare = 0.6;
/**
 * The orders of a wave are wanted at once: some go together, and those after them at half the rate, which in any second is
 * less than the limit. It is known from the documentation before a reply names it.
 */
const together = { path: "/v5/order/create", limit: 10, calls: 4, usedShare: 0.5 };
const defaultResetMs = 1_000;
/** A call that comes too early is refused again. */
const marginMs = 200;
/** An endpoint whose first reply never came is tried again after this. */
const learnMs = 10_000;

export class LimitsFromHeaders implements RateLimits {
  readonly #endpoints = new Map<string, Endpoint>();

  turn(path: string, signed: boolean): Promise<void> {
    const endpoint = this.#endpoint(path);
    const turn = endpoint.line.then(() => this.#wait(endpoint, signed));
    endpoint.line = turn;
    return turn;
  }

  closed(path: string): boolean {
    return performance.now() < this.#endpoint(path).closedUntil;
  }

  learn(path: string, reply: LimitReply): void {
    const endpoint = this.#endpoint(path);
    const limit = Number(reply.headers["x-bapi-limit"]);
    if (limit > 0) endpoint.spacingMs = spacingOf(path, limit);
    if (reply.refused?.retCode === tooManyVisits) {
      endpoint.closedUntil = Math.max(endpoint.closedUntil, performance.now() + this.waitMs(reply));
    }
    endpoint.learned();
  }

  /**
   * How long it is closed, from the reply's arrival on: reset and refusal are counted by the same date, the exchange's, so
   * what we know of that date does not matter. A reset that was past already says nothing of when to come back.
   */
  protected waitMs({ headers, refused }: LimitReply): number {
    const namedMs = Number(headers["x-bapi-limit-reset-timestamp"]) - (refused?.saidAtMs ?? NaN);
    return namedMs > 0 ? namedMs + marginMs : defaultResetMs;
  }

  async #wait(endpoint: Endpoint, signed: boolean): Promise<void> {
    if (signed && endpoint.spacingMs === undefined && endpoint.asked) {
      await Promise.race([endpoint.known, sleep(learnMs, undefined, { ref: false })]);
    }
    endpoint.asked = true;
    for (let waitMs = 1; waitMs > 0;) {
      waitMs = Math.max(endpoint.nextAt, endpoint.closedUntil) - performance.now();
      if (waitMs > 0) await sleep(waitMs);
    }
    const spacingMs = endpoint.spacingMs ?? 0;
    endpoint.nextAt = Math.max(endpoint.nextAt, performance.now() - endpoint.ahead * spacingMs) + spacingMs;
  }

  #endpoint(path: string): Endpoint {
    const found = this.#endpoints.get(path);
    if (found !== undefined) return found;
    let learned = (): void => undefined;
    const known = new Promise<void>((resolve) => (learned = resolve));
    const isOrder = path === together.path;
    const endpoint = {
      ...{ spacingMs: isOrder ? spacingOf(path, together.limit) : undefined, ahead: isOrder ? together.calls - 1 : 0 },
      ...{ nextAt: -Infinity, closedUntil: -Infinity, asked: false },
      ...{ line: Promise.resolve(), learned, known },
    };
    this.#endpoints.set(path, endpoint);
    return endpoint;
  }
}

const spacingOf = (path: string, limit: number): number =>
  1_000 / (limit * (path === together.path ? together.usedShare : usedShare));
