/**
 * Whether a stored journal is what its run has written: of this version, every line there, once and in order, ended, and
 * the same byte for byte. What is not gets no verdict, and its damage gets a name. It proves nothing against somebody
 * who forges the journal along with the result that holds its hash.
 */

import { createHash } from "node:crypto";
import type { JournalEvent } from "./event.ts";

/** What the first line of a journal holds; a journal of another version is not read. */
export const journalVersion = 1;

/** How its first and its last line are called. */
export const firstType = "run.started";
export const lastType = "run.ended";

export type DamageKind = "empty" | "version" | "cut" | "missing" | "repeated" | "reordered" | "edited" | "unfinished";

export interface Damage {
  kind: DamageKind;
  /** What is wrong, with the line as an editor counts it. */
  text: string;
}

export type ReadJournal = { events: readonly JournalEvent[]; damage: undefined } | { damage: Damage };

/** @param sha256 Of the file, as the run's result holds it; null where there is none, so that only its form is looked at. */
export function readJournalText(text: string, sha256: string | null): ReadJournal {
  const lines = text.split("\n");
  if (text === "") return damaged("empty", "it is empty: the run was ended before it began");
  const unfinishedLine = lines.pop();
  if (unfinishedLine !== "") {
    return damaged("cut", `it ends in the middle of line ${lines.length + 1}: it was cut off`);
  }
  const events: JournalEvent[] = [];
  for (const line of lines) {
    const event = eventOf(line);
    if (event === undefined) return damaged("edited", `line ${events.length + 1} is no event: it was edited`);
    events.push(event);
  }
  const damage = versionDamage(events) ?? orderDamage(events) ?? endDamage(events) ?? hashDamage(text, sha256);
  return damage === undefined ? { events, damage } : { damage };
}

const damaged = (kind: DamageKind, text: string): { damage: Damage } => ({ damage: { kind, text } });

function eventOf(line: string): JournalEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return undefined;
    const { seq, at, type } = value as Record<string, unknown>;
    const isEvent = Number.isInteger(seq) && typeof at === "number" && Number.isFinite(at) && typeof type === "string";
    return isEvent ? (value as JournalEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** Only asked where the first line is the first: else lines are missing or in another order. */
function versionDamage([first]: readonly JournalEvent[]): Damage | undefined {
  if (first?.seq !== 0) return undefined;
  if ((first.type as string) !== firstType) {
    return {
      kind: "edited",
      text: `it begins with ${first.type}, not with ${firstType}: it is no run's, or was edited`,
    };
  }
  const { version } = first as { version?: unknown };
  if (version === journalVersion) return undefined;
  const seen = version === undefined ? "has no version" : `is of version ${JSON.stringify(version)}`;
  return { kind: "version", text: `it ${seen}, and this Firedrill reads version ${journalVersion}` };
}

function orderDamage(events: readonly JournalEvent[]): Damage | undefined {
  const inOrder = (event: JournalEvent, index: number): boolean =>
    event.seq === index && event.at >= (events[index - 1]?.at ?? 0);
  const index = events.findIndex((event, at) => !inOrder(event, at));
  const wrong = events[index];
  if (wrong === undefined) return undefined;
  const where = `line ${index + 1} was written as line ${wrong.seq + 1}`;
  if (wrong.seq === index) {
    return { kind: "edited", text: `line ${index + 1} is of an earlier time than the line before it: it was edited` };
  }
  const numbers = new Set(events.map(({ seq }) => seq));
  if (numbers.size < events.length) return { kind: "repeated", text: `${where}: lines are there more than once` };
  const steps = events.every(({ seq }, at) => seq > (events[at - 1]?.seq ?? -1));
  if (steps) return { kind: "missing", text: `${where}: lines before it are missing` };
  return { kind: "reordered", text: `${where}: its lines are in another order` };
}

function endDamage(events: readonly JournalEvent[]): Damage | undefined {
  const end = events.findIndex(({ type }) => (type as string) === lastType);
  const last = events.length - 1;
  if (end === -1) {
    return { kind: "unfinished", text: `it has no end after line ${last + 1}: the run was ended, or the file cut off` };
  }
  if (end === last) return undefined;
  return { kind: "edited", text: `it goes on after its end in line ${end + 1}: it was edited` };
}

function hashDamage(text: string, sha256: string | null): Damage | undefined {
  if (sha256 === null || createHash("sha256").update(text).digest("hex") === sha256) return undefined;
  return { kind: "edited", text: "its SHA-256 is not the one that its run's result holds: it was edited" };
}
