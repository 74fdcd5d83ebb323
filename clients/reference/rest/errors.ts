/**
 * What can go wrong with a REST call, by what the caller may do about it. None of these ever becomes data: who gets one
 * has no answer.
 */

/** A call that failed. `notDone`: it is certain that the exchange did nothing, so it may be sent again. */
export class RestError extends Error {
  readonly notDone: boolean;

  constructor(message: string, { notDone, cause }: { notDone: boolean; cause?: unknown }) {
    super(message, { cause });
    this.notDone = notDone;
  }
}

/** No answer: the connection was lost, or the time for this operation was up. What became of the request is unknown. */
export class NoAnswer extends RestError {
  constructor(what: string, cause: unknown) {
    super(`${what}: no answer: ${cause instanceof Error ? cause.message : String(cause)}`, { notDone: false, cause });
  }
}

/** An answer that is none: a page instead of JSON, a truncated or empty body, a server error. */
export class BadReply extends RestError {
  constructor(what: string, status: number, body: string) {
    super(`${what}: HTTP ${status}, not an envelope: "${excerpt(body)}"`, { notDone: false });
  }
}

/** The exchange refused: nothing was done. */
export class Refused extends RestError {
  readonly retCode: number;
  /** When it did so, by its own date (epoch ms); undefined where its reply names none. */
  readonly saidAtMs: number | undefined;

  constructor(retCode: number, retMsg: string, saidAtMs?: number) {
    super(`${retCode} ${retMsg}`, { notDone: true });
    this.retCode = retCode;
    this.saidAtMs = saidAtMs;
  }
}

/** The gateway refuses this address: nothing may be sent for a while. */
export class Banned extends RestError {
  constructor(what: string) {
    super(`${what}: 403, access too frequent`, { notDone: true });
  }
}

/** Not sent: whoever asked for it did not want it any more when its turn came. */
export class Withdrawn extends RestError {
  constructor(what: string) {
    super(`${what}: withdrawn before it was sent`, { notDone: true });
  }
}

/** Refused for its timestamp: safe to sign anew and send again. */
export const outsideRecvWindow = 10002;
/** Refused by the rate limit of this endpoint. */
export const tooManyVisits = 10006;

const excerpt = (body: string): string => body.slice(0, 80).replace(/\s+/g, " ");
