/**
 * Seeded numbers that can be had at any place without drawing those before it: what makes the market's past and future
 * a function of the seed alone. `core/random` is for sequences; this is for tables that nobody writes down.
 */

import type { Random } from "../../core/random.ts";

/** A table's own 32-bit key, fixed by the seed and the name. */
export const keyOf = (random: Random, name: string): number => random.fork(name).integer(0, 0xffff_ffff) | 0;

/** 32 well-mixed bits for a place in a table (murmur3's finaliser over both numbers), unsigned. */
export function hash(key: number, place: number, salt = 0): number {
  let h = Math.imul(key ^ (place | 0), 0x9e37_79b1) ^ Math.imul((place / 4_294_967_296) | 0, 0x85eb_ca6b) ^ salt;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A float in [0, 1) for a place in a table. */
export const unit = (key: number, place: number, salt = 0): number => hash(key, place, salt) / 4_294_967_296;

/** A short sequence of floats in [0, 1) that belongs to one place (mulberry32). */
export function sequence(key: number, place: number, salt = 0): () => number {
  let state = hash(key, place, salt) | 0;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number near normal with deviation 1, never beyond ±3: three draws are enough for a market. */
export const bell = (next: () => number): number => (next() + next() + next() - 1.5) * 2;
