/**
 * The embedded engine and the real Toxiproxy live through the same random sequences: what arrives, in which order, and
 * how each connection ends must be the same on both, and on neither may a delayed word be early. How late a word is
 * depends on the machine; over all sequences the two engines' medians may differ by 5 ms. A failure prints the whole
 * sequence; `FIREDRILL_FUZZ=<seed>` plays that one alone.
 */

import { describe, expect, test } from "vitest";
import { startEngineThread } from "../../harness/proxy/embedded/start-thread.ts";
import { available } from "../support/requirements.ts";
import { startToxiproxy } from "./engines.ts";
import { perform } from "./fuzz/perform.ts";
import { sequenceOf } from "./fuzz/sequence.ts";

const sequences = 500;
/** At a time; each runs on both engines at once. */
const lanes = 20;
/** The embedded engine's timers go to the nearest millisecond. */
const earlyMsMax = 1;
const medianBandMs = 5;

const only = process.env.FIREDRILL_FUZZ;
const seeds = only === undefined ? Array.from({ length: sequences }, (_, index) => index + 1) : [Number(only)];

describe.skipIf(!available("toxiproxy"))("the two engines", () => {
  test(`agree on ${seeds.length} random sequences`, { timeout: 240_000 }, async () => {
    const engines = { ours: await startEngineThread("fuzz"), theirs: await startToxiproxy() };
    const late = { ours: [] as number[], theirs: [] as number[] };
    const differences: string[] = [];
    const queue = seeds.values();
    const lane = async (): Promise<void> => {
      for (const seed of queue) {
        const sequence = sequenceOf(seed);
        const [ours, theirs] = await Promise.all([perform(engines.ours, sequence), perform(engines.theirs, sequence)]);
        late.ours.push(...ours.lateMs);
        late.theirs.push(...theirs.lateMs);
        const [a, b] = [JSON.stringify(ours.outcome), JSON.stringify(theirs.outcome)];
        const isWrong = "stuckAt" in ours.outcome || ours.outcome.wrongByteAt !== undefined;
        if (a !== b || isWrong) {
          differences.push(`embedded  ${a}\ntoxiproxy ${b}\nFIREDRILL_FUZZ=${seed}: ${JSON.stringify(sequence)}`);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: lanes }, lane));
    } finally {
      await engines.ours.close();
      await engines.theirs.close();
    }

    expect(differences.join("\n\n")).toBe("");
    for (const ms of [...late.ours, ...late.theirs]) expect(ms).toBeGreaterThan(-earlyMsMax);
    if (only !== undefined) return;
    expect(late.ours.length).toBeGreaterThan(100);
    const median = (list: number[]): number => list.toSorted((x, y) => x - y)[Math.floor(list.length / 2)] ?? NaN;
    const medians = { ours: median(late.ours), theirs: median(late.theirs) };
    expect(Math.abs(medians.ours - medians.theirs), JSON.stringify(medians)).toBeLessThan(medianBandMs);
  });
});
