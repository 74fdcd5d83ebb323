/** A smooth random curve over time that can be asked anywhere: values at even distances, straight lines between them. */

import { unit } from "./hash.ts";

/** A value in [-1, 1] at `x`; the curve changes its mind once every 1. */
export function curve(key: number, x: number, salt = 0): number {
  const left = Math.floor(x);
  const part = x - left;
  return (unit(key, left, salt) * (1 - part) + unit(key, left + 1, salt) * part) * 2 - 1;
}

/** Curves of doubling period on top of each other, each `growth` times as high: the shape of a price over days. */
export function rugged(key: number, x: number, octaves: number, growth: number): number {
  let sum = 0;
  for (let octave = 0, height = 1, period = 1; octave < octaves; octave += 1, height *= growth, period *= 2) {
    sum += height * curve(key, x / period, octave + 1);
  }
  return sum;
}
