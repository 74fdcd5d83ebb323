/**
 * Keeps within the exchange's rate limits by what its replies say: `X-Bapi-Limit` is how many calls a second an
 * endpoint allows, so the first call to an unknown one goes alone, and the others are spread. After a 10006 nothing
 * is sent there until the reset that the reply names, or for a second where it names none. Other endpoints go on.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { Refused, tooManyVisits } from "./errors.ts";

export interface RateLimits {
  /** Resolves when a call to this endpoint may go out. */
  turn(path: string, signed: boolean): Promise<void>;
  /** Learns from a reply. */
  learn(path: string, headers: Readonly<Record<string, string | string[] | undefined>>, refused?: Refused): void;
}

interface Endpoint {
  /** How far apart calls have to be, ms; undefined until a reply has said. */
  spacingMs: number | undefined;
  /** Nothing goes out before this. */
  nextAt: number;
  asked: boolean;
  /** Calls wait in line: each for the one before it. */
  line: Promise<void>;
  /** Ends the wait for the first reply. */
  learned: () => void;
  known: Promise<void>;
}

/** Calls that left evenly may arrive bunched. */
const usedShare = 0.8;
const defaultResetMs = 1_000;
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

  learn(path: string, headers: Readonly<Record<string, string | string[] | undefined>>, refused?: Refused): void {
    const endpoint = this.#endpoint(path);
    const limit = Number(headers["x-bapi-limit"]);
    if (limit > 0) endpoint.spacingMs = 1_000 / (limit * usedShare);
    if (refused?.retCode === tooManyVisits) endpoint.nextAt = Math.max(endpoint.nextAt, this.resetOf(headers));
    endpoint.learned();
  }

  /** A reset that is past already says nothing of when to come back. */
  protected resetOf(headers: Readonly<Record<string, string | string[] | undefined>>): number {
    const named = Number(headers["x-bapi-limit-reset-timestamp"]);
    const now = Date.now();
    return named > now ? named : now + defaultResetMs;
  }

  async #wait(endpoint: Endpoint, signed: boolean): Promise<void> {
    if (signed && endpoint.spacingMs === undefined && endpoint.asked) {
      await Promise.race([endpoint.known, sleep(learnMs, undefined, { ref: false })]);
    }
    endpoint.asked = true;
    for (let waitMs = 1; waitMs > 0;) {
      waitMs = endpoint.nextAt - Date.now();
      if (waitMs > 0) await sleep(waitMs);
    }
    endpoint.nextAt = Date.now() + (endpoint.spacingMs ?? 0);
  }

  #endpoint(path: string): Endpoint {
    const found = this.#endpoints.get(path);
    if (found !== undefined) return found;
    let learned = (): void => undefined;
    const known = new Promise<void>((resolve) => (learned = resolve));
    const endpoint = { spacingMs: undefined, nextAt: 0, asked: false, line: Promise.resolve(), learned, known };
    this.#endpoints.set(path, endpoint);
    return endpoint;
  }
}
