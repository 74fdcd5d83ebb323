/**
 * Whether a run says what it was to say. It does not where the scenario could not be played, where a fault never met the
 * traffic it was meant for or somebody else has ended it, or where the client touched nothing. What a client that an
 * earlier fault broke no longer had for a later one to hit is no fault of the run: that is the client's failure, and said so.
 */

import { seconds } from "../../core/units.ts";
import { placeOf } from "../../core/journal/place.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { armedOf } from "../evidence/faults.ts";
import { missingToBack } from "../evidence/steady/back.ts";
import { Presence } from "../evidence/steady/presence.ts";
import { SettledClient } from "../evidence/steady/settled.ts";
import type { Setting } from "../incident/check.ts";
import { isEndpoint, type Endpoint } from "../incident/endpoints.ts";
import { faultText } from "../incident/fault.ts";
import type { FaultResult } from "./result.ts";

export const faultResults = (journal: JournalView): FaultResult[] =>
  armedOf(journal).map(({ armed, landed, healed }) => ({
    ...{ name: armed.name, does: armed.does ?? null, armedAt: armed.at },
    ...{ landedAt: landed?.at ?? null, healedAt: healed?.at ?? null },
    evidence: landed === undefined ? null : `${landed.evidence} (${placeOf({ seq: landed.proof })})`,
  }));

/** Why a run was not judged as a whole, and what that makes of it. */
export interface Unfit {
  /** `invalid`: the harness could not do what it said. `not-applicable`: the client does not do what the fault waits for. */
  as: "invalid" | "unplayable" | "not-applicable";
  why: string;
  lacks?: "run" | "client";
}

/** Undefined where a run says what it was to say. A client that an earlier fault broke need not meet the next one. */
export function unfitness(journal: JournalView, setting: Setting): Unfit | undefined {
  const aborted = journal.first("run.aborted");
  if (aborted !== undefined) return { as: "invalid", why: aborted.message };
  const tampered = journal.first("proxy.tampered");
  if (tampered !== undefined) return { as: "invalid", why: tamperedText(tampered, setting) };
  const unlanded = unlandedOf(journal).filter((armed) => brokenBefore(journal, armed) === undefined);
  const [armed] = unlanded.filter(({ ifMet }) => ifMet !== true);
  if (armed !== undefined) {
    const healed = journal.first("fault.healed", ({ fault }) => fault === armed.fault);
    const until = healed === undefined ? "the end" : setting.date(healed.at);
    const why = `The fault ${faultText(armed)} was armed from ${setting.date(armed.at)} to ${until} but never landed: ${armed.awaits} never came.`;
    // A rule of a mock meets whatever comes, so that nothing came is what the client does, or does not.
    const isUpToTheClient = armed.name.startsWith("server.") || armed.isUpToTheClient === true;
    return isUpToTheClient && journal.first("client.settled") !== undefined
      ? { as: "not-applicable", why: `${why} The client does not do that.` }
      : { as: "invalid", why: `${why} Does the client play this role, and did it run at that time? See client.log.` };
  }
  if (journal.all("connection.opened").length === 0) {
    return {
      as: "unplayable",
      why: `The client ${setting.client} never connected to anything. Does it read the FIREDRILL_… variables? See client.log.`,
    };
  }
  return undefined;
}

const tamperedText = ({ endpoint, at, what }: JournalEvent<"proxy.tampered">, setting: Setting): string =>
  `Somebody else has changed the proxy of ${endpoint}: by ${setting.date(at)} ${what}, so the fault was not what the scenario had ordered. Keep the client from the Toxiproxy's API, or use --proxy embedded, whose API has a secret.`;

/**
 * What an earlier fault broke, in words: a later one found nothing to hit, because the client had not come back. Undefined
 * where every fault met what it was aimed at, or an earlier one is not to blame.
 */
export function brokenText(journal: JournalView, setting: Setting): { event: JournalEvent; text: string } | undefined {
  for (const armed of unlandedOf(journal)) {
    const broken = brokenBefore(journal, armed);
    if (broken === undefined) continue;
    const { landed, how } = broken;
    const text = `be back after the fault ${landed.name} of ${setting.date(landed.at)}; ${how}, so that the fault ${faultText(armed)} of ${setting.date(armed.at)} found nothing to hit`;
    return { event: landed, text };
  }
  return undefined;
}

const unlandedOf = (journal: JournalView): JournalEvent<"fault.armed">[] =>
  journal
    .all("fault.armed")
    .filter((armed) => journal.first("fault.landed", ({ fault }) => fault === armed.fault) === undefined);

/** What the client had lost to an earlier fault, all the time that this one waited for it. */
function brokenBefore(
  journal: JournalView,
  armed: JournalEvent<"fault.armed">,
): { landed: JournalEvent<"fault.landed">; how: string } | undefined {
  const healedAt = journal.first("fault.healed", ({ fault }) => fault === armed.fault)?.at ?? journal.endMs;
  const landed = journal.last("fault.landed", () => true, healedAt);
  if (landed === undefined) return undefined;
  const notBack = journal.first("client.back", ({ backMs }) => backMs === null);
  if (notBack !== undefined && notBack.at <= healedAt) return { landed, how: notBack.missing };
  if (hadDied(journal, landed, healedAt)) return { landed, how: "it had ended by itself" };
  const how = hadLost(journal, armed, landed, healedAt);
  return how === undefined ? undefined : { landed, how };
}

/** It had ended by itself since, and was not started again. */
function hadDied(journal: JournalView, landed: JournalEvent, atMs: number): boolean {
  const last = journal.all("client.started", "client.exited").findLast(({ at }) => at <= atMs);
  return last?.type === "client.exited" && !last.expected && last.at >= landed.at;
}

/**
 * What of its steady state was missing from when the later fault was armed until it was healed: it had no connection, or
 * was mute on the one that it had kept. Where it was never seen to settle: it had had a connection, and had none.
 */
function hadLost(
  journal: JournalView,
  { endpoint, at }: JournalEvent<"fault.armed">,
  landed: JournalEvent,
  healedAt: number,
): string | undefined {
  if (!isEndpoint(endpoint)) return undefined;
  const presence = new Presence();
  let settled: SettledClient | undefined;
  let had = false;
  let missing: string[];
  for (const event of journal.events) {
    if (event.at > healedAt) break;
    presence.take(event);
    had ||= presence.of(endpoint).length > 0;
    if (event.type === "client.settled") settled = new SettledClient(presence, event.roles, event.at);
    if (event.at < at + lossShowsMs || !changes.has(event.type)) continue;
    missing = missingOf(presence, { settled, had, endpoint, sinceMs: landed.at, nowMs: event.at });
    if (missing.length === 0) return undefined;
  }
  missing = missingOf(presence, { settled, had, endpoint, sinceMs: landed.at, nowMs: healedAt });
  return missing.length === 0 ? undefined : missing.join("; ");
}

/** The end of a connection may be seen a moment after the next fault was armed. */
const lossShowsMs = seconds(1);

/** Lines that change what a client has, and those between which it is looked at. */
const changes: ReadonlySet<string> = new Set([
  ...["fault.armed", "fault.healed", "connection.opened", "connection.closed", "connection.subscribed"],
  ...["connection.authenticated", "exchange.topic-fed", "exchange.stream-healed", "rule.hit"],
]);

function missingOf(
  presence: Presence,
  seen: { settled: SettledClient | undefined; had: boolean; endpoint: Endpoint; sinceMs: number; nowMs: number },
): string[] {
  const { settled, had, endpoint, sinceMs, nowMs } = seen;
  if (endpoint === "exchange-rest") return [];
  if (settled !== undefined)
    return missingToBack(presence, { steady: settled, concerned: new Set([endpoint]), sinceMs, nowMs });
  return had && presence.of(endpoint).length === 0 ? [`it had no connection to ${endpoint}`] : [];
}
