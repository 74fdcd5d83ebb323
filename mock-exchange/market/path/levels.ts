/**
 * The sizes of candle that a path is divided into: a day has 24 hours, an hour 4 quarters, a quarter 15 minutes. Every
 * interval of Bybit is made of whole ones of these.
 */

export interface Level {
  ms: number;
  /** How many of these make up one of the level above. */
  parts: number;
}

export const day = 0;
export const minute = 3;

export const levels: readonly Level[] = [
  { ms: 86_400_000, parts: 1 },
  { ms: 3_600_000, parts: 24 },
  { ms: 900_000, parts: 4 },
  { ms: 60_000, parts: 15 },
];

export const msOf = (level: number): number => levels[level]?.ms ?? 0;
export const partsOf = (level: number): number => levels[level]?.parts ?? 1;
