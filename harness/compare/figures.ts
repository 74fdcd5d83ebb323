/**
 * What one play of a scenario cost the client: connections that were reset under it, and requests that it gave up
 * because no answer came. From what the servers saw; what the client's own end cut off does not count.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { clientEndMs } from "../evidence/client.ts";
import { requestsOf } from "../evidence/requests.ts";
import type { CheckResult, Recovery, ScenarioResult } from "../runner/result.ts";
import type { StoredPlay } from "../runner/stored/stored-run.ts";

export interface Figures {
  scenario: string;
  client: string;
  verdict: ScenarioResult["verdict"];
  resets: number;
  timeouts: number;
  recovery: Recovery;
  checks: readonly CheckResult[];
}

export function figuresOf({ result, journal }: StoredPlay): Figures {
  const { scenario, client, verdict, recovery, checks } = result;
  return { scenario, client, verdict, resets: resetsIn(journal), timeouts: timeoutsIn(journal), recovery, checks };
}

/** On any endpoint: by the server, or by a toxic or a proxy where the engine reports it. */
function resetsIn(journal: JournalView): number {
  const endMs = clientEndMs(journal);
  const byServer = journal.all("connection.closed").filter(({ by, how }) => by === "server" && how === "reset");
  const between = journal
    .all("proxy.connection-closed")
    .filter(({ by, toClient }) => (by === "toxic" || by === "proxy") && toClient === "rst");
  return [...byServer, ...between].filter(({ at }) => at <= endMs).length;
}

const timeoutsIn = (journal: JournalView): number =>
  requestsOf(journal).filter(({ outcome, at }) => outcome === "abandoned" && at <= clientEndMs(journal)).length;
