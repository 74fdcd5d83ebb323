/**
 * The client's date runs too fast or too slow, in small steps, as a clock does that no NTP holds. What it gained stays
 * at the heal. It lands with the first signed request that is off by a second. What it needs of the time
 * provider is described in `skew.ts`.
 */

import { FiredrillError } from "../../../core/errors.ts";
import { faultKind } from "../../incident/fault.ts";
import { steppableDate } from "../lib/needs.ts";
import { datedBy } from "../lib/signed-date.ts";

export interface DriftOptions {
  /** Incident ms that the date gains per second; negative loses. A bad quartz is at 0.1, a broken guest at 50. */
  msPerSecond: number;
}

/** A step each second of the incident is finer than any timestamp check. */
const stepMs = 1_000;
const noticeableMs = 1_000;

export default faultKind<DriftOptions>({
  kind: "clock.drift",
  summary: "the client's date gains or loses time, steadily",
  needs: [steppableDate],
  endpoint: "client",
  awaits: "a signed request whose timestamp is a second off",
  /** @throws FiredrillError for a drift that is none. */
  arm({ client, testbed }, { msPerSecond }) {
    if (!(Math.abs(msPerSecond) > 0 && Math.abs(msPerSecond) < 1_000)) {
      throw new FiredrillError(
        `A clock cannot drift by ${msPerSecond} ms per second: allowed is anything but 0, below 1000 either way.`,
      );
    }
    const startMs = testbed.clock.elapsed();
    const before = client.dateOffsetMs;
    const steps = testbed.clock.every(stepMs, () => {
      client.stepDate(before + ((testbed.clock.elapsed() - startMs) / 1_000) * msPerSecond);
    });
    return { landing: datedBy(Math.sign(msPerSecond) * noticeableMs), heal: () => steps.cancel() };
  },
});
