/**
 * The clock that leaps (`leap/`): the client, and whatever it starts, is on the clock that this process is on. In real mode
 * the same library gives the client the incident's date at the wall's pace.
 */

import type { Clock } from "../../../core/clock.ts";
import { clockAvailability, ownClock, type OwnClock } from "../../../leap/index.ts";
import type { TimeProvider } from "./provider.ts";

let own: OwnClock | undefined;
function theClock(): OwnClock {
  own ??= ownClock();
  if (own === undefined) throw new Error("a run with the clock that leaps was not started on one");
  return own;
}

const onOwnClock = (name: "leap" | "real"): TimeProvider => ({
  name,
  availability: clockAvailability,
  canDrive: () => true,
  seesLookups: true,
  cannotStep: () => undefined,
  setDate: (clock: Clock, offsetMs: number) => theClock().setDate("client", clock.now() + offsetMs),
  environment: (_clock, clientEnv) => theClock().environment("client", clientEnv),
  late: () => ({}),
  leftovers: [],
});

export const leap = onOwnClock("leap");
export const real = onOwnClock("real");
