/**
 * What a timeline is made of, for whoever draws it: marks in lanes, and curves. Every mark names the lines of the journal
 * that bear it out. Where there are more than can be drawn some are left out, and how many there were is kept.
 */

import { lineNumber } from "../../../core/journal/place.ts";

export type Tone = "good" | "bad" | "warn" | "plain";

export interface Mark {
  /** Incident ms of the journal. */
  at: number;
  /** Null for a moment. */
  until: number | null;
  what: string;
  tone: Tone;
  /** Lines of the journal, from 1. */
  lines: number[];
  /** Of its lane, from 0: what lasts at the same time stands in rows of its own. */
  row: number;
}

export interface Lane {
  id: string;
  title: string;
  rows: number;
  marks: Mark[];
  /** The tone is that of its end, not of all of it: a connection was well until it was lost. */
  toneOfEnd?: true;
  /** How many there are in the journal, of which these are shown. */
  total: number;
}

export interface Curve {
  id: string;
  title: string;
  unit: string;
  draw: "steps" | "points";
  at: number[];
  values: number[];
  /** The journal's line of each point; 0 where it stands for many. */
  lines: number[];
  total: number;
}

export interface Timeline {
  fromAt: number;
  toAt: number;
  lanes: Lane[];
  curves: Curve[];
}

export type Unplaced = Omit<Mark, "row">;

export const span = (at: number, until: number, what: string, tone: Tone, ...from: { seq: number }[]): Unplaced => ({
  ...{ at, until, what, tone },
  lines: from.map(lineNumber),
});

export const moment = (at: number, what: string, tone: Tone, ...from: { seq: number }[]): Unplaced => ({
  ...{ at, until: null, what, tone },
  lines: from.map(lineNumber),
});

const mostRows = 12;

/** How many marks may be drawn, and how long a mark is at the least, so that none hides the next. */
export interface Room {
  most: number;
  leastMs: number;
}

/** A lane of these, in rows; undefined where there is nothing in it. */
export function laneOf(id: string, title: string, all: readonly Unplaced[], { most, leastMs }: Room): Lane | undefined {
  if (all.length === 0) return undefined;
  const ends: number[] = [];
  const marks = thinned(all, most)
    .toSorted((a, b) => a.at - b.at)
    .map((mark) => {
      const free = ends.findIndex((end) => end <= mark.at);
      const row = free !== -1 ? free : ends.length < mostRows ? ends.length : ends.indexOf(Math.min(...ends));
      ends[row] = Math.max(ends[row] ?? 0, mark.until ?? mark.at, mark.at + leastMs);
      return { ...mark, row };
    });
  return { id, title, rows: ends.length, marks, total: all.length };
}

/** What went wrong first, then an even choice of the rest. */
function thinned(all: readonly Unplaced[], most: number): readonly Unplaced[] {
  if (all.length <= most) return all;
  const bad = evenly(
    all.filter(({ tone }) => tone === "bad" || tone === "warn"),
    Math.ceil(most * 0.8),
  );
  const rest = all.filter(({ tone }) => tone === "good" || tone === "plain");
  return [...bad, ...evenly(rest, most - bad.length)];
}

/** So many of them, from the first to the last. */
export function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)]).filter(
    (one) => one !== undefined,
  );
}
