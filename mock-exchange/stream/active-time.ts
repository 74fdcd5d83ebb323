/** `max_active_time` of a stream's URL: how long a connection may be idle, between 30 s and 10 min. */

import { minutes, seconds } from "../../core/units.ts";

const defaultMs = minutes(10);
const leastMs = seconds(30);
const mostMs = minutes(10);

/** @param value `45s` or `1m`; anything else is ignored, as an unknown query string is. */
export function activeTimeMs(value: string | null): number {
  const match = /^(\d+)([sm])$/.exec(value ?? "");
  if (match === null) return defaultMs;
  const ms = Number(match[1]) * (match[2] === "m" ? minutes(1) : seconds(1));
  return Math.min(Math.max(ms, leastMs), mostMs);
}
