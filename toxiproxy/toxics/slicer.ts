/**
 * Cuts every chunk into pieces of about `average_size` ± `size_variation` bytes, with `delay` microseconds after each.
 * Timers here have milliseconds, so a short delay keeps its average: several pieces go out per tick.
 */

import type { Random } from "../../core/random.ts";
import { toxic, type Chunk } from "../toxic.ts";

export default toxic({
  attributes: { average_size: 0, size_variation: 0, delay: 0 },
  pipe: ({ average_size: averageBytes, size_variation: variationBytes, delay: delayMicros }, stage) => ({
    chunk(chunk) {
      const cuts = cutPoints(chunk.data.length, averageBytes, variationBytes, stage.random);
      if (cuts.length > 1) stage.hit();
      const piece = (from: number, to: number): Chunk => ({ data: chunk.data.subarray(from, to), atMs: chunk.atMs });
      let fromByte = 0;
      let dueMs = stage.nowMs();
      const next = (): void => {
        while (fromByte < chunk.data.length) {
          const to = cuts.shift() ?? chunk.data.length;
          stage.pass(piece(fromByte, to));
          fromByte = to;
          dueMs += delayMicros / 1_000;
          if (dueMs > stage.nowMs()) {
            stage.wait(dueMs - stage.nowMs(), next, () => stage.pass(piece(fromByte, chunk.data.length)));
            return;
          }
        }
      };
      next();
    },
  }),
});

/** Where pieces end. Halving again and again spreads the variation evenly, with no short piece left at the end. */
export function cutPoints(length: number, averageBytes: number, variationBytes: number, random: Random): number[] {
  const ends: number[] = [];
  const halve = (from: number, to: number): void => {
    // A piece has at least one byte, whatever the attributes say; the original overflows its stack on an average of 0.
    if (to - from - averageBytes <= variationBytes || to - from <= 1) {
      ends.push(to);
      return;
    }
    const shift = variationBytes > 0 ? random.integer(-variationBytes, variationBytes - 1) : 0;
    const middle = Math.min(Math.max(from + Math.floor((to - from) / 2) + shift, from + 1), to - 1);
    halve(from, middle);
    halve(middle, to);
  };
  halve(0, length);
  return ends;
}
