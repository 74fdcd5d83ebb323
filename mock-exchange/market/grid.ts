/**
 * The grid of incident time on which the market moves, anchored at epoch 0. A step is what its maker says and nothing of
 * the clock's: the same seed gives the same market, however the clock is driven.
 */

import { FiredrillError } from "../../core/errors.ts";

/** As often as a busy book is seen to change on the wire, within a factor. */
export const defaultStepMs = 100;
/** As often as the fastest book is pushed. */
export const finestMs = 10;
const coarsestMs = 60_000;

/** @throws FiredrillError where a minute is not whole steps: candles and days are kept from minute to minute. */
export function checkedStepMs(stepMs: number): number {
  if (Number.isInteger(stepMs) && stepMs >= finestMs && coarsestMs % stepMs === 0) return stepMs;
  throw new FiredrillError(
    `The market cannot move in steps of ${stepMs} ms: allowed are whole parts of a minute from ${finestMs} ms on, such as 100, 1000 or 5000.`,
  );
}
