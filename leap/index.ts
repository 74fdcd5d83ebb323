/** The clock that leaps: what other rooms use of it. */

export { ownClock, type OwnClock } from "./own-clock.ts";
export type { ClockGroup } from "./groups.ts";
export { startClock, type ClockOptions, type ClockReport, type LeapClock } from "./clock.ts";
export { clockAvailability, type ClockAvailability } from "./library.ts";
