/**
 * What a polling client asks for again and again, from the servers' side: requests of one endpoint for one symbol and
 * interval are one poll. A client's own schedule is not known, so what it did before a fault is the measure of what it
 * does in and after it.
 */

import type { JournalView } from "../../../core/journal/view.ts";
import { queryOf, requestsOf, type Request } from "./requests.ts";

export interface Poll {
  /** `/v5/market/kline BTCUSDT 5`. */
  name: string;
  path: string;
  /** In the order they arrived. */
  requests: readonly Request[];
}

/** Bybit's own endpoints for its time: asked when it is needed, so there is no pace in it. */
export const timePath = /^\/v[35]\/(market|public)\/time$/;

export function pollsOf(journal: JournalView): Poll[] {
  const reads = requestsOf(journal).filter(({ method, path }) => method === "GET" && !timePath.test(path));
  return [...Map.groupBy(reads, pollName)].map(([name, requests]) => ({
    name,
    path: requests[0]?.path ?? "",
    requests,
  }));
}

export function pollName(request: Request): string {
  const query = queryOf(request);
  const of = ["symbol", "interval"].flatMap((key) => query.get(key) ?? []);
  return [request.path, ...of].join(" ");
}

/** Data came: an answer that is a success and holds something. */
export const gaveData = (request: Request): boolean =>
  request.retCode === 0 && !request.empty && request.status === 200;

/**
 * The longest time between two requests of a poll that brought data, up to `untilMs`: what is tried again and again
 * has no pace. Undefined where there is nothing to go by: it had data less than four times, or had ended long before,
 * as what is asked a few times at a start. Three may be the attempts of one turn, given up too early for their replies.
 */
export function longestGapMs({ requests }: Poll, untilMs: number): number | undefined {
  const times = requests
    .filter(gaveData)
    .map(({ receivedAt }) => receivedAt)
    .filter((at) => at <= untilMs);
  if (times.length < 4) return undefined;
  const longestMs = Math.max(...gapsOf(times));
  const sinceMs = untilMs - (times.at(-1) ?? -Infinity);
  return longestMs > 0 && sinceMs <= 2 * longestMs ? longestMs : undefined;
}

/** The times between successive moments. */
export const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((at, n) => at - (times[n] ?? at));
