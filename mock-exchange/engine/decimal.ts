/**
 * Exact decimals for money. Products are exact; only a division rounds, and it rounds here, to the eight decimals that
 * Bybit books, so that every later sum is a sum of what was booked and reconciles to the last decimal.
 */

import { Big } from "big.js";

export const zero = new Big(0);

const bookedDecimals = 8;
const halfUp = 1;

/** Without an exponent and without trailing zeros: `0.00000011`. */
export const plain = (value: Big): string => value.toFixed();

export const booked = (value: Big): Big => value.round(bookedDecimals, halfUp);

/** The share of an amount that `part` of `whole` carries; the last part carries all that is left. */
export const share = (amount: Big, part: Big, whole: Big): Big =>
  part.eq(whole) ? amount : booked(amount.times(part).div(whole));

export const decimalsOf = (step: string): number => step.split(".")[1]?.length ?? 0;

/** Padded to the decimals of a step: prices as Bybit shows them (`80000.00`). */
export const padded = (value: Big, step: string): string => value.toFixed(decimalsOf(step));

export const isMultiple = (value: Big, step: string): boolean => value.mod(step).eq(0);

/** The largest multiple of the step that is not above the value. */
export const floorTo = (value: Big, step: string): Big => value.minus(value.mod(step));

export const min = (a: Big, b: Big): Big => (a.lt(b) ? a : b);
export const max = (a: Big, b: Big): Big => (a.gt(b) ? a : b);
export const sum = (values: Iterable<Big>): Big => [...values].reduce((total, value) => total.plus(value), zero);

/** A plain non-negative decimal, or undefined. Exponents, signs and blanks are no decimals on this wire. */
export const parseDecimal = (text: string): Big | undefined =>
  /^\d{1,20}(\.\d{1,18})?$/.test(text) ? new Big(text) : undefined;
