/** `startTime` and `endTime` of a history query: at most seven days, the last seven where neither is given. */

import { hours } from "../../core/units.ts";
import { RetError } from "../protocol/ret-codes.ts";

const mostMs = 7 * hours(24);

export function timeRange(query: URLSearchParams, nowMs: number): (atMs: number) => boolean {
  const start = epochMs(query.get("startTime"), 181006, "startTime is not a number");
  const end = epochMs(query.get("endTime"), 181007, "endTime is not a number");
  const endMs = end ?? (start === undefined ? Math.ceil(nowMs) : start + mostMs);
  const startMs = start ?? endMs - mostMs;
  if (startMs >= endMs) throw new RetError(181009, "startTime should be less than endTime");
  if (endMs - startMs > mostMs)
    throw new RetError(181010, "The time range between startTime and endTime cannot exceed 7 days");
  return (atMs) => startMs <= atMs && atMs <= endMs;
}

function epochMs(text: string | null, retCode: number, retMsg: string): number | undefined {
  if (text === null || text === "") return undefined;
  if (!/^\d{1,16}$/.test(text)) throw new RetError(retCode, retMsg);
  return Number(text);
}
