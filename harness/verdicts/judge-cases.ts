/**
 * From what was measured to a judgement: the one policy of all checks.
 *
 * - Nothing that could be measured: `unknown`, with the reason. What the client does not show: `not-applicable`; what it
 *   shows wrongly (telemetry that its schema does not fit): `unknown`.
 * - What never came is a failure where there was time enough for it, or where the client had ended by itself; else it
 *   says nothing. What comes after the client was stopped has not come.
 * - What was before the trial began is not of it.
 * - The worst is reported, and how many there were. Of several failures one that this machine's own lateness does not
 *   explain goes before one that it does, and the check fails unless lateness explains all of them.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import { placeOf } from "../../core/journal/place.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { lineOf, type EvidenceLine, type Judgement } from "../incident/check.ts";
import { unexplainedMs, type Excuse } from "./lateness.ts";

/** Something that was measured once. */
export interface Case {
  /** The line of the journal that shows it, and what that line shows. */
  event: JournalEvent;
  what: string;
  /** From when on it was measured, incident ms. */
  at: number;
  /** In the check's unit; Infinity for what never came. */
  value: number;
  /** The most and the least that it may be. */
  most?: number;
  least?: number;
  /** Of what never came: how long it could have. */
  chanceMs?: number;
  /** What was seen, where it is not the builder's sentence. */
  seen?: string;
  /** How much lateness of this machine would explain a failure, and between which moments; null: none would. */
  excuse?: Excuse | null;
  /** More lines that show it. */
  more?: readonly EvidenceLine[];
}

export interface Words<C extends Case> {
  unit: string;
  /** The check's own target, where no case is there to have one. */
  target: number;
  /** As `firedrill list` shows it: a verb in the third person, "dials again within 1 s of …". */
  asks: string;
  /** Where there was no case at all: "no stream was lost". */
  unjudged: string;
  passed(worst: C, all: readonly C[]): string;
  failed(worst: C, failures: readonly C[], all: readonly C[]): string;
}

/** Why a check cannot be asked of this client. */
export interface Missing {
  verdict: "not-applicable" | "unknown";
  why: string;
}

export const notSeen = (evidence: Evidence, words: Pick<Words<Case>, "asks" | "unit" | "target">, missing: Missing) => {
  const { asks, unit, target } = words;
  const could = missing.verdict === "unknown" ? "could not be judged" : "cannot be seen";
  const message = `Whether ${evidence.setting.client} ${asks} ${could}: ${missing.why}.`;
  return { verdict: missing.verdict, measured: null, target, unit, message, evidence: [] } satisfies Judgement;
};

export function judgeCases<C extends Case>(
  evidence: Evidence,
  cases: readonly C[] | string,
  words: Words<C>,
): Judgement {
  const unknown = (why: string): Judgement => notSeen(evidence, words, { verdict: "unknown", why });
  if (typeof cases === "string") return unknown(cases);
  const own = cases.filter(({ at }) => at >= evidence.startMs());
  const judged = own.filter((one) => isJudged(evidence, one));
  const [late] = own;
  if (late === undefined) return unknown(words.unjudged);
  if (judged.length === 0) return unknown(`there was too little time after ${late.what} at ${evidence.date(late.at)}`);
  const failures = judged.filter((one) => over(one) > 0);
  const unexplained = (one: C): number => unexplainedMs(evidence.journal, excuseOf(evidence, one, words.unit));
  const serious = failures.filter((one) => unexplained(one) > 0);
  const worst = most(serious.length > 0 ? serious : failures.length > 0 ? failures : judged, over);
  const shape = {
    ...{ target: boundOf(worst) ?? words.target, unit: words.unit },
    measured: Number.isFinite(worst.value) ? rounded(worst.value, words.unit) : null,
    evidence: [lineOf(worst.event, worst.what), ...(worst.more ?? [])],
  };
  if (failures.length === 0) return { ...shape, verdict: "pass", message: words.passed(worst, judged) };
  const message = `${words.failed(worst, failures, judged)} See ${placeOf(worst.event)}.`;
  const excuse = excuseOf(evidence, most(failures, unexplained), words.unit);
  return { ...shape, verdict: "fail", message, ...(excuse === undefined ? {} : { excuse }) };
}

/** The bound that it broke, or came nearest to. */
const boundOf = ({ value, most, least }: Case): number | undefined =>
  most === undefined || value < (least ?? -Infinity) ? least : most;

/** The client had ended by itself, so that what never came could not. */
const goneIn = (evidence: Evidence, { at, chanceMs = Infinity }: Case): boolean =>
  evidence.goneIn(at, at + chanceMs) !== undefined;

const isJudged = (evidence: Evidence, one: Case): boolean =>
  Number.isFinite(one.value) || (one.chanceMs ?? Infinity) >= (one.most ?? 0) || goneIn(evidence, one);

/** How far outside its bounds; below 0 inside. */
const over = ({ value, most = Infinity, least = -Infinity }: Case): number =>
  value === Infinity ? Infinity : Math.max(value - most, least - value);

/** What came late, or had less time than it needed, may be the machine's doing; what a client that is gone never did is not. */
function excuseOf(evidence: Evidence, one: Case, unit: string): Excuse | undefined {
  if (one.excuse !== undefined || unit !== "ms") return one.excuse ?? undefined;
  const never = !Number.isFinite(one.value);
  if (never && (!Number.isFinite(one.chanceMs ?? Infinity) || goneIn(evidence, one))) return undefined;
  const hadMs = never ? (one.chanceMs ?? 0) : one.value;
  const latenessMs = never ? hadMs - (one.most ?? 0) : over(one);
  return { fromAt: one.at, toAt: one.at + hadMs, latenessMs };
}

/** Of equals the first. */
function most<T>(all: readonly T[], value: (one: T) => number): T {
  return all.reduce((best, one) => (value(one) > value(best) ? one : best));
}

const rounded = (value: number, unit: string): number =>
  unit === "ms" ? Math.round(value) : Math.round(value * 10) / 10;
