/**
 * Divides one candle of a price path into smaller ones that make it up exactly: they start at its open, end at its
 * close, touch its high and its low and never leave them. Four numbers a candle: open, high, low, close.
 */

import { bell } from "../hash.ts";

export const fields = 4;

/** @param quiet How likely a part stands still: a thinly traded instrument has minutes without a trade. */
export function split(
  whole: ArrayLike<number>,
  at: number,
  parts: number,
  next: () => number,
  quiet = 0,
): Float64Array {
  const out = new Float64Array(parts * fields);
  const open = whole[at] ?? 0;
  const high = whole[at + 1] ?? 0;
  const low = whole[at + 2] ?? 0;
  const close = whole[at + 3] ?? 0;
  const range = high - low;
  if (range === 0) return out.fill(open);

  const stride = (range * 0.7) / Math.sqrt(parts);
  const walk = new Float64Array(parts + 1);
  for (let i = 1; i <= parts; i += 1) walk[i] = (walk[i - 1] ?? 0) + bell(next) * stride;
  const drift = (close - open - (walk[parts] ?? 0)) / parts;

  let before = open;
  let top = -1;
  let bottom = -1;
  for (let i = 0; i < parts; i += 1) {
    const last = i === parts - 1;
    const still = quiet > 0 && next() < quiet && (!last || (before === close && top >= 0));
    const aim = Math.round(open + (walk[i + 1] ?? 0) + drift * (i + 1));
    const after = last ? close : still ? before : Math.min(Math.max(aim, low), high);
    const wick = still || quiet > 0 ? 0 : 0.5 * stride;
    const place = i * fields;
    out[place] = before;
    out[place + 1] = Math.min(high, Math.max(before, after) + Math.round(Math.abs(bell(next)) * wick));
    out[place + 2] = Math.max(low, Math.min(before, after) - Math.round(Math.abs(bell(next)) * wick));
    out[place + 3] = after;
    if (!still) {
      if (top < 0 || (out[place + 1] ?? 0) > (out[top + 1] ?? 0)) top = place;
      if (bottom < 0 || (out[place + 2] ?? 0) < (out[bottom + 2] ?? 0)) bottom = place;
    }
    before = after;
  }
  out[top + 1] = high;
  out[bottom + 2] = low;
  return out;
}
