/**
 * Which calls are tried again, and when. Reading is always safe to repeat; what changes something only where it is
 * certain that nothing was done. Three attempts, with 1 s and 2 s between them, and never more than 10 s.
 */

import { DelegateBackoff, handleWhen, retry, type IPolicy } from "cockatiel";
import { BadReply, NoAnswer, Refused, tooManyVisits, type RestError } from "./errors.ts";

export type Retry = (method: "GET" | "POST") => IPolicy;

const attempts = 3;
const capMs = 10_000;
/** Put on at random, so that fifteen symbols that failed together do not come back together. */
const jitter = 0.2;

export const waitBefore = (attempt: number): number =>
  Math.min(2 ** (attempt - 1) * 1_000 * (1 + jitter * Math.random()), capMs);

export const retryWhatIsSafe: Retry = (method) =>
  retry(
    handleWhen((error) => method === "GET" && (isPassing(error) || isTooMany(error))),
    { maxAttempts: attempts - 1, backoff: new DelegateBackoff(({ attempt }) => waitBefore(attempt)) },
  );

/** Refused for too many calls: the limiter holds the next attempt back until the endpoint is open again. */
const isTooMany = (error: unknown): boolean => error instanceof Refused && error.retCode === tooManyVisits;

/** What may be over by the next attempt. Any other refusal is an answer, and a ban is waited out elsewhere. */
export const isPassing = (error: unknown): error is RestError => error instanceof NoAnswer || error instanceof BadReply;
