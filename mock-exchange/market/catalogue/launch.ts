/** When instruments were listed: a thousand daily bars exist however early a scenario plays. */

import { hours } from "../../../core/units.ts";

const listed = Date.parse("2021-03-15T00:00:00Z");
const leastDays = 1_100;

export const launchOf = (startMs: number): number =>
  Math.min(listed, Math.floor(startMs / hours(24)) * hours(24) - leastDays * hours(24));
