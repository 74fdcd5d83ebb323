/**
 * How fast a clock runs that is a constant factor of the wall's. The factor multiplies all that the machine does: a wake-up
 * that is 10 ms late is a second of incident at x100. So it follows from the tightest limit that a scenario sets: by the
 * wall the client has time enough to keep it, however short it is by the incident. The clock that leaps needs none.
 */

import { millis, seconds } from "../../../core/units.ts";
import type { Check } from "../../incident/check.ts";

/** What a client that is in time by its own doing is sure to get of the wall: some wake-ups of each process on the way. */
const wallRoomMs = millis(500);
/** Without a limit of its own a scenario is held to what Bybit gives every signed request, the default `recv_window`. */
const anyClientsLimitMs = seconds(5);
/** No slower than the incident was. */
const floor = 1;
/** A process's start takes some 300 ms of the wall: more than a minute of incident above this. */
const ceiling = 120;

export function factorOf(expected: readonly Pick<Check, "limitMs">[]): number {
  const limits = expected.flatMap(({ limitMs }) => (limitMs === undefined ? [] : [limitMs]));
  const tightestMs = limits.length === 0 ? anyClientsLimitMs : Math.min(...limits);
  return Math.min(Math.max(tightestMs / wallRoomMs, floor), ceiling);
}
