/**
 * Whether a run says anything at all. It does not where the scenario could not be played, where a fault never met the
 * traffic it was meant for, or where the client touched nothing.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import type { Setting } from "../check.ts";
import { faultText } from "../fault.ts";
import type { FaultResult } from "./result.ts";

export function faultResults(journal: JournalView): FaultResult[] {
  return journal.all("fault.armed").map((armed) => {
    const landed = journal.first("fault.landed", ({ fault }) => fault === armed.fault);
    const healed = journal.first("fault.healed", ({ fault }) => fault === armed.fault);
    return {
      name: armed.name,
      does: armed.does ?? null,
      armedAt: armed.at,
      landedAt: landed?.at ?? null,
      healedAt: healed?.at ?? null,
      evidence: landed === undefined ? null : `${landed.evidence} (journal line ${landed.proof})`,
    };
  });
}

/**
 * Why the run is invalid, or null where it is valid.
 * @param failed Whether a check failed: then a client that died of one fault, or lost its last connection to it for good,
 * need not meet the next.
 */
export function invalidReason(journal: JournalView, setting: Setting, failed = false): string | null {
  const aborted = journal.first("run.aborted");
  if (aborted !== undefined) return aborted.message;

  for (const armed of journal.all("fault.armed")) {
    if (journal.first("fault.landed", ({ fault }) => fault === armed.fault) !== undefined) continue;
    const healed = journal.first("fault.healed", ({ fault }) => fault === armed.fault);
    const healedAt = healed?.at ?? journal.endMs;
    if (failed && (hadDied(journal, healedAt) || hadLost(journal, armed, healedAt))) continue;
    const until = healed === undefined ? "the end" : setting.date(healed.at);
    return `The fault ${faultText(armed)} was armed from ${setting.date(armed.at)} to ${until} but never landed: ${armed.awaits} never came. Does the client play this role, and did it run at that time? See client.log.`;
  }
  if (journal.all("connection.opened").length === 0) {
    return `The client ${setting.client} never connected to anything. Does it read the FIREDRILL_… variables? See client.log.`;
  }
  return null;
}

/** By that moment the client had ended by itself after a fault had hit, and was not started again. */
function hadDied(journal: JournalView, atMs: number): boolean {
  const last = journal.all("client.started", "client.exited").findLast(({ at }) => at <= atMs);
  if (last?.type !== "client.exited" || last.expected) return false;
  return journal.first("fault.landed", ({ at }) => at <= last.at) !== undefined;
}

/** A fault had taken its last connection to the endpoint, and it had not come back by the time this one healed. */
function hadLost(journal: JournalView, { endpoint, at }: JournalEvent<"fault.armed">, healedAt: number): boolean {
  const open = new Set<string>();
  let lostAt: number | undefined;
  for (const event of journal.all("connection.opened", "connection.closed")) {
    if (event.endpoint !== endpoint || event.at > healedAt) continue;
    if (event.type === "connection.opened") open.add(event.connection);
    else if (open.delete(event.connection)) lostAt = event.at;
    if (open.size > 0 && event.at >= at) return false;
  }
  if (open.size > 0 || lostAt === undefined || lostAt > at) return false;
  const goneAt = lostAt;
  return journal.first("fault.landed", (landed) => landed.at <= goneAt) !== undefined;
}
