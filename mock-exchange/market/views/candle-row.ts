/** A candle as REST sends it. */

import { fixed, placed, trimmed } from "../decimal.ts";
import { premiumDecimals, type ReferenceKind } from "../derived/reference-prices.ts";
import type { Candle } from "../tape/candle.ts";
import type { Units } from "../tape/units.ts";

/** Start, open, high, low, close, volume, turnover. */
export const tradeRow = (candle: Candle, units: Units): string[] => [
  String(candle.startMs),
  fixed(candle.open, units.tick),
  fixed(candle.high, units.tick),
  fixed(candle.low, units.tick),
  fixed(candle.close, units.tick),
  trimmed(fixed(candle.volume, units.step)),
  trimmed(units.turnoverText(candle.turnover)),
];

const optionDecimals = 8;

/** Start, open, high, low, close of an option's mark price, which is no multiple of its tick. */
export const optionMarkRow = ({ startMs, open, high, low, close }: Candle): string[] => [
  String(startMs),
  ...[open, high, low, close].map((price) => price.toFixed(optionDecimals)),
];

/** Start, open, high, low, close. */
export function referenceRow(candle: Candle, units: Units, kind: ReferenceKind): string[] {
  const text = (value: number): string =>
    kind === "premium" ? placed(value, premiumDecimals) : fixed(value, units.tick);
  return [String(candle.startMs), text(candle.open), text(candle.high), text(candle.low), text(candle.close)];
}
