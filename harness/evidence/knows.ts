/**
 * When it is certain that a client had a reply. A burst is sent at once and read one by one, so a busy exchange reads
 * its end long after it has answered its beginning. A request on a connection whose last reply went out after the one
 * in question was sent by a client that reads its replies; where it never uses a connection again, time has to do.
 */

import type { Request } from "./requests.ts";

/** A request on a connection that had carried a reply before. */
export interface Act {
  receivedAt: number;
  afterReplyAt: number;
}

/** @param requests In the order they arrived. */
export function actsOf(requests: readonly Request[]): Act[] {
  const repliedAt = new Map<string, number>();
  return requests.flatMap(({ connection, receivedAt, at }) => {
    const afterReplyAt = repliedAt.get(connection);
    repliedAt.set(connection, at);
    return afterReplyAt === undefined ? [] : [{ receivedAt, afterReplyAt }];
  });
}

/** From when on what is sent counts as sent in knowledge of this reply. */
export function knownFromMs({ at }: Request, acts: readonly Act[], graceMs: number): number {
  const sure = acts.find(({ afterReplyAt }) => afterReplyAt >= at);
  return Math.max(at + graceMs, (sure?.receivedAt ?? 0) - 1);
}
