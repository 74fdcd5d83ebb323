/** A candle as REST sends it. */

import { fixed, placed, trimmed } from "../decimal.ts";
import { premiumDecimals, type ReferenceKind } from "../derived/reference-prices.ts";
import type { Candle } from "../tape/candle.ts";
import type { Units } from "../tape/units.ts";

/** Start, open, high, low, close, volume, turnover. */
export const tradeRow = (candle: Candle, units: Units): string[] => [
  String(candle.startMs),
  ...[candle.open, candle.high, candle.low, candle.close].map((price) => trimmed(fixed(price, units.tick))),
  trimmed(fixed(candle.volume, units.step)),
  trimmed(units.turnoverText(candle.turnover)),
];

const optionDecimals = 8;

/** Start, open, high, low, close of an option's mark price, which is no multiple of its tick. */
export const optionMarkRow = ({ startMs, open, high, low, close }: Candle): string[] => [
  String(startMs),
  ...[open, high, low, close].map((price) => price.toFixed(optionDecimals)),
];

/** Start, open, high, low, close. Index and premium keep their closing zeros, mark prices do not. */
export function referenceRow(candle: Candle, units: Units, kind: ReferenceKind): string[] {
  const text = (value: number): string => {
    if (kind === "premium") return placed(value, premiumDecimals);
    return kind === "mark" ? trimmed(fixed(value, units.tick)) : fixed(value, units.tick);
  };
  return [String(candle.startMs), text(candle.open), text(candle.high), text(candle.low), text(candle.close)];
}
