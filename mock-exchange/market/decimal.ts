/**
 * Between the whole numbers inside the market and the decimal strings of the wire. A grain is the smallest step of a
 * price or a quantity, `0.10` or `0.001`; both directions are exact.
 */

import { Big } from "big.js";

export interface Grain {
  /** As Bybit sends it, `0.10`. */
  text: string;
  decimals: number;
  /** One step in units of the last decimal: 10 for `0.10`. */
  units: number;
  /** As a float, for estimates only. */
  value: number;
}

export function grain(text: string): Grain {
  const decimals = text.split(".")[1]?.length ?? 0;
  return { text, decimals, units: Math.round(Number(text) * 10 ** decimals), value: Number(text) };
}

/** `count` steps with all decimals: 867234 steps of 0.10 are `86723.40`. */
export const fixed = (count: number, step: Grain): string => placed(count * step.units, step.decimals);

/** A whole number with its decimal point put in: (123456, 3) is `123.456`. */
export function placed(whole: number, decimals: number): string {
  if (decimals === 0) return String(whole);
  const negative = whole < 0;
  const digits = String(Math.abs(whole)).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return `${negative ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** The same without closing zeros: `86723.4`. */
export function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

export const toBig = (count: number, step: Grain): Big => new Big(fixed(count, step));

/** Whole steps in a decimal, rounded down. */
export const stepsDown = (value: Big, step: Grain): number => Number(value.div(step.text).round(0, Big.roundDown));

/** Whole steps in a decimal, rounded up. */
export const stepsUp = (value: Big, step: Grain): number => Number(value.div(step.text).round(0, Big.roundUp));
