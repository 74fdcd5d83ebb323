/** Pages of figures that exist once per period, newest first: open interest and the long/short ratio. */

import { minutes } from "../../core/units.ts";
import type { Listing } from "../market/listing.ts";
import { cursorOf, limitOf, numberOf } from "./market-query.ts";
import { paramsError } from "../protocol/ret-codes.ts";

const periods = new Map([
  ["5min", minutes(5)],
  ["15min", minutes(15)],
  ["30min", minutes(30)],
  ["1h", minutes(60)],
  ["4h", minutes(240)],
  ["1d", minutes(1_440)],
]);
const defaultRows = 50;

export interface PeriodicPage {
  /** Epoch ms, newest first. */
  times: number[];
  /** The oldest of a full page, epoch s, for the cursor; undefined where nothing older can follow. */
  lastSeconds: number | undefined;
}

/**
 * @param period The name of the parameter that holds the period.
 * @throws RetError 10001 for a period that is none.
 */
export function periodicPage(query: URLSearchParams, listing: Listing, period: string, mostRows: number): PeriodicPage {
  const everyMs = periods.get(query.get(period) ?? "");
  if (everyMs === undefined) throw paramsError(`${period} invalid`);
  const limit = limitOf(query, defaultRows, mostRows);
  const before = cursorOf(query).get("lasttime");
  const fromMs = Math.max(numberOf(query, "startTime") ?? 0, listing.spec.launchMs);
  const toMs = Math.min(
    numberOf(query, "endTime") ?? Infinity,
    listing.untilMs,
    before === null ? Infinity : Number(before) * 1_000 - 1,
  );
  const times: number[] = [];
  for (let at = Math.floor(toMs / everyMs) * everyMs; at >= fromMs && times.length < limit; at -= everyMs) {
    times.push(at);
  }
  const last = times.length === limit ? times.at(-1) : undefined;
  return { times, lastSeconds: last === undefined ? undefined : last / 1_000 };
}
