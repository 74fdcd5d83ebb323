/** A thousand random manipulations of a journal, each of which is named for what it is. */

import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { firstType, journalVersion, lastType, readJournalText, type DamageKind } from "./damage.ts";

const noteAt = fc.record({ step: fc.nat(1_000), text: fc.string() });
/** Lines of a whole journal: its beginning, some notes, its end. */
const journal = fc.array(noteAt, { minLength: 3, maxLength: 20 }).map((notes) => {
  let at = 0;
  const middle = notes.map(({ step, text }, n) => ({ seq: n + 1, at: (at += step), type: "note", text }));
  const first = { seq: 0, at: 0, type: firstType, version: journalVersion, scenario: "night" };
  return [first, ...middle, { seq: notes.length + 1, at, type: lastType, wallMs: 5 }].map((each) =>
    JSON.stringify(each),
  );
});

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const kindOf = (text: string, sha256: string | null): DamageKind | undefined =>
  readJournalText(text, sha256).damage?.kind;

type Manipulation = (lines: string[], pick: (below: number) => number) => { text: string; kinds: DamageKind[] };

const edited = (line: string, change: object): string => JSON.stringify({ ...(JSON.parse(line) as object), ...change });
/** A line of the middle. */
const inner = (lines: string[], pick: (below: number) => number): number => 1 + pick(lines.length - 2);
const renumbered = (lines: string[]): string[] => lines.map((line, seq) => edited(line, { seq }));

const manipulations: Record<string, Manipulation> = {
  "ended before its end": (lines, pick) => ({
    text: textOf(lines.slice(0, 1 + pick(lines.length - 1))),
    kinds: ["unfinished"],
  }),
  "cut within a line": (lines, pick) => {
    const ends = lines.map((_, n) => textOf(lines.slice(0, n + 1)).length);
    const cut = 1 + pick(textOf(lines).length - 1);
    return { text: textOf(lines).slice(0, cut), kinds: ends.includes(cut) ? ["unfinished"] : ["cut"] };
  },
  "without its beginning": (lines, pick) => ({
    text: textOf(lines.slice(1 + pick(lines.length - 1))),
    kinds: ["missing"],
  }),
  "without a line": (lines, pick) => ({ text: textOf(lines.toSpliced(inner(lines, pick), 1)), kinds: ["missing"] }),
  "without a line, numbered anew": (lines, pick) => ({
    text: textOf(renumbered(lines.toSpliced(inner(lines, pick), 1))),
    kinds: ["edited"],
  }),
  "a line twice": (lines, pick) => {
    const at = inner(lines, pick);
    return { text: textOf(lines.toSpliced(at, 0, lines[at] ?? "")), kinds: ["repeated"] };
  },
  "two lines in each other's place": (lines, pick) => {
    const at = pick(lines.length - 1);
    return { text: textOf(lines.toSpliced(at, 2, lines[at + 1] ?? "", lines[at] ?? "")), kinds: ["reordered"] };
  },
  reversed: (lines) => ({ text: textOf(lines.toReversed()), kinds: ["reordered"] }),
  "a line that is no event": (lines, pick) => {
    const junk = ["null", "5", '"x"', "[]", "{}", "", "{", '{"seq":"1","at":0,"type":"note"}'][pick(8)] ?? "";
    return { text: textOf(lines.with(inner(lines, pick), junk)), kinds: ["edited"] };
  },
  "a line with another text": (lines, pick) => {
    const at = inner(lines, pick);
    const { text } = JSON.parse(lines[at] ?? "") as { text: string };
    return { text: textOf(lines.with(at, edited(lines[at] ?? "", { text: `${text}!` }))), kinds: ["edited"] };
  },
  "a line at another time": (lines, pick) => {
    const at = inner(lines, pick);
    const { at: before } = JSON.parse(lines[at] ?? "") as { at: number };
    return { text: textOf(lines.with(at, edited(lines[at] ?? "", { at: before + 1 + pick(50) }))), kinds: ["edited"] };
  },
  "a byte changed": (lines, pick) => {
    const bytes = Buffer.from(textOf(lines));
    const at = pick(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 + pick(255));
    // What it hits decides what it looks like.
    return {
      text: bytes.toString(),
      kinds: ["version", "cut", "missing", "repeated", "reordered", "edited", "unfinished"],
    };
  },
  "something after its end": (lines) => ({
    text: textOf([...lines, JSON.stringify({ seq: lines.length, at: 1e9, type: "note", text: "more" })]),
    kinds: ["edited"],
  }),
  "of another version": (lines, pick) => ({
    text: textOf(lines.with(0, edited(lines[0] ?? "", { version: journalVersion + 1 + pick(9) }))),
    kinds: ["version"],
  }),
  empty: () => ({ text: "", kinds: ["empty"] }),
};

test("a thousand random manipulations are named for what they are, and the journal itself is whole", () => {
  const names = Object.keys(manipulations);
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      journal,
      fc.constantFrom(...names),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (lines, name, draws) => {
        const whole = textOf(lines);
        expect(kindOf(whole, hashOf(whole))).toBeUndefined();
        const pick = (below: number): number => Math.floor((draws.next().value ?? 0) * below);
        const manipulated = manipulations[name]?.([...lines], pick);
        if (manipulated === undefined) throw new Error(name);
        expect(manipulated.kinds, name).toContain(kindOf(manipulated.text, hashOf(whole)));
        seen.add(name);
      },
    ),
    { numRuns: 1_000 },
  );
  expect([...seen].toSorted()).toEqual(names.toSorted());
});

test("without a hash only the form is looked at", () => {
  const first = JSON.stringify({ seq: 0, at: 0, type: firstType, version: journalVersion });
  const end = JSON.stringify({ seq: 1, at: 3, type: lastType });
  expect(kindOf(textOf([first, end]), null)).toBeUndefined();
  expect(kindOf(textOf([first, end]), hashOf("another"))).toBe("edited");
});

test("a journal from before there were versions says so", () => {
  const text = textOf([
    JSON.stringify({ seq: 0, at: 0, type: firstType }),
    JSON.stringify({ seq: 1, at: 3, type: lastType }),
  ]);
  expect(readJournalText(text, null).damage?.text).toBe(
    `it has no version, and this Firedrill reads version ${journalVersion}`,
  );
});
