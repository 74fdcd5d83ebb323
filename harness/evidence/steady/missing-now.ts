/** What a client no longer has, at the end of a journal, of what it had on its streams when it had settled last, in words. */

import type { JournalView } from "../../../core/journal/view.ts";
import { endpointNames, endpoints } from "../../incident/endpoints.ts";
import { missingToBack } from "./back.ts";
import "./events.ts";
import { Presence } from "./presence.ts";
import { SettledClient } from "./settled.ts";

/** Nothing where it never settled: what it is to have is not known. */
export function missingNow(journal: JournalView): string[] {
  const presence = new Presence();
  let steady: SettledClient | undefined;
  for (const event of journal.events) {
    presence.take(event);
    if (event.type === "client.settled") steady = new SettledClient(presence, event.roles, event.at);
  }
  if (steady === undefined) return [];
  const concerned = new Set(endpointNames.filter((endpoint) => endpoints[endpoint].kind === "stream"));
  return missingToBack(presence, { steady, concerned, sinceMs: 0, nowMs: journal.endMs });
}
