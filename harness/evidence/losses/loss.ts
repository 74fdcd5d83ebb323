/**
 * A loss: from a moment on the client no longer had an endpoint, because a fault took it. It is kept with the moments
 * at which the client took the steps of being back, so that every check and the result speak of the same ones.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";

/** A span that was not observed is null. */
export interface Recovery {
  detectMs: number | null;
  reconnectMs: number | null;
  authenticateMs: number | null;
  resubscribeMs: number | null;
  firstDataMs: number | null;
  blackoutMs: number | null;
}

export interface Loss {
  endpoint: string;
  /** The connection that was lost; of REST the route that failed, `GET /v5/market/kline`, or `exchange-rest` as a whole. */
  what: string;
  /** The fault that took it, by its id in the journal. */
  fault: string;
  /**
   * `closed`: somebody else than the client ended the connection. `given-up`: a fault had hit it and the client ended
   * it. `silent`: a fault made it say nothing, and the client kept it until it spoke again. `failing`: requests failed.
   */
  how: "closed" | "given-up" | "silent" | "failing";
  /** When it began, incident ms. */
  at: number;
  /** The line that shows it. */
  event: JournalEvent;
  steps: Steps;
}

/** Moments in incident ms; null where the journal shows none. */
export interface Steps {
  /**
   * The latest moment by which the client had noticed: it ended the connection, answered its close frame, asked again
   * for what was silent, reported it by telemetry, or dialled anew, whichever came first.
   */
  detectedAt: number | null;
  /** The first dial after the loss; it need not have been the one that got through. */
  dialledAt: number | null;
  /** The first new connection; it may have been lost again. */
  openedAt: number | null;
  /** These are of the connection that carries on. */
  carrier: { connection: string; openedAt: number } | null;
  authenticatedAt: number | null;
  /** The first subscription that was carried out. */
  subscribedAt: number | null;
  /** Every topic of the lost connection is subscribed again, on whatever connections. */
  resubscribedAt: number | null;
  fedAt: number | null;
  /** The endpoint is as good as before. */
  backAt: number | null;
}

export const noSteps: Steps = {
  detectedAt: null,
  dialledAt: null,
  openedAt: null,
  carrier: null,
  authenticatedAt: null,
  subscribedAt: null,
  resubscribedAt: null,
  fedAt: null,
  backAt: null,
};

/** Each step from the one before it, except for what is counted from the loss: detection, reconnection, the blackout. */
export function spansOf({ at, steps }: Pick<Loss, "at" | "steps">): Recovery {
  const { detectedAt, openedAt, authenticatedAt, subscribedAt, resubscribedAt, fedAt, backAt } = steps;
  const carriedAt = steps.carrier?.openedAt ?? null;
  return {
    detectMs: span(at, detectedAt),
    reconnectMs: span(at, openedAt),
    authenticateMs: span(carriedAt, authenticatedAt),
    resubscribeMs: span(authenticatedAt ?? carriedAt, resubscribedAt),
    firstDataMs: span(subscribedAt ?? authenticatedAt ?? carriedAt, fedAt),
    blackoutMs: span(at, backAt),
  };
}

/** A server may hear of an end a little after the client has dialled: then no time passed. */
const span = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(Math.round(to - from), 0);

/** The earliest of moments that may not have been seen. */
export function earliest(...moments: (number | null | undefined)[]): number | null {
  const seen = moments.filter((moment) => moment !== null && moment !== undefined);
  return seen.length === 0 ? null : Math.min(...seen);
}
