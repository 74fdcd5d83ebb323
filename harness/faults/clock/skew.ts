/**
 * The client's date is off by a fixed time while the fault lasts; its monotonic time goes on as before. Armed before
 * the client starts it is off from the first instant, which every time provider can do. While it runs, the preload can
 * do it at any speed and libfaketime at x1: at another speed its date and its monotonic time have one offset, so a step
 * would fire the client's timers as well, which no NTP does, and the run is not applicable there. It lands with the first
 * signed request whose timestamp is off by that much.
 */

import { faultKind } from "../../incident/fault.ts";
import { steppableDate } from "../lib/needs.ts";
import { datedBy } from "../lib/signed-date.ts";

export interface SkewOptions {
  /** Incident ms ahead of the exchange; negative is behind. */
  offsetMs: number;
}

export default faultKind<SkewOptions>({
  kind: "clock.skew",
  summary: "the client's date is ahead or behind while it lasts",
  needs: [steppableDate],
  endpoint: "client",
  awaits: "a signed request whose timestamp is off",
  arm({ client }, { offsetMs }) {
    const before = client.dateOffsetMs;
    client.stepDate(before + offsetMs);
    return { landing: datedBy(offsetMs), heal: () => client.stepDate(before) };
  },
});
