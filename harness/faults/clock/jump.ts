/**
 * The client's date jumps once and stays where it is, as after an NTP step or a resumed machine. Healing the fault does
 * not take the jump back. It lands with the first signed request whose timestamp is off by that much. What it needs of
 * the time provider is described in `skew.ts`.
 */

import { faultKind } from "../../incident/fault.ts";
import { steppableDate } from "../lib/needs.ts";
import { datedBy } from "../lib/signed-date.ts";

export interface JumpOptions {
  /** Incident ms forwards; negative is backwards. */
  byMs: number;
}

export default faultKind<JumpOptions>({
  kind: "clock.jump",
  summary: "the client's date jumps once, forwards or backwards",
  needs: [steppableDate],
  endpoint: "client",
  awaits: "a signed request whose timestamp is off",
  arm({ client }, { byMs }) {
    client.stepDate(client.dateOffsetMs + byMs);
    return { landing: datedBy(byMs), heal: () => undefined };
  },
});
