/**
 * Seeded random numbers: the same seed gives the same market, the same waves and the same fault decisions. Each user
 * takes its own `fork(name)`, so that one more draw in one room does not shift the numbers of another.
 * Not for keys or anything secret.
 */

export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** A whole number in [from, to], both included. */
  integer(from: number, to: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
  /** A standard normal deviate. */
  normal(): number;
  /** An independent stream, fixed by this stream's seed and the name, whatever was drawn before. */
  fork(name: string): Random;
}

export function random(seed: number | string): Random {
  const key = String(seed);
  const next = sfc32(key);
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const item = list[integer(0, list.length - 1)];
      if (item === undefined) throw new RangeError("pick() needs a list with at least one element");
      return item;
    },
    shuffle: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i -= 1) {
        const j = integer(0, i);
        [copy[i], copy[j]] = [copy[j] as (typeof copy)[0], copy[i] as (typeof copy)[0]];
      }
      return copy;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (name) => random(`${key}/${name}`),
  };
}

/** Chris Doty-Humphrey's sfc32: small, fast, passes PractRand; its state comes from an FNV-1a hash of the seed. */
function sfc32(seed: string): () => number {
  let a = fnv1a(seed, 0x811c9dc5);
  let b = fnv1a(seed, 0x9e3779b9);
  let c = fnv1a(seed, 0x85ebca6b);
  let counter = 1;
  const step = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  };
  // The first outputs still resemble the seed's hash; the generator's author discards them.
  for (let i = 0; i < 15; i += 1) step();
  return step;
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
