/** A trade as everybody sees it, and what identifies it. */

import { hash } from "../hash.ts";

export type TickDirection = "PlusTick" | "ZeroPlusTick" | "MinusTick" | "ZeroMinusTick";

export interface PublicTrade {
  timeMs: number;
  /** Ticks. */
  price: number;
  /** Steps. */
  size: number;
  /** The taker bought. */
  buy: boolean;
  direction: TickDirection;
  id: string;
  seq: number;
}

/** A trade of the crowd's flow, before anybody publishes it. */
export type FlowTrade = Pick<PublicTrade, "timeMs" | "price" | "size" | "buy">;

/** Cross sequence: grows with time, so that books and trades of a symbol can be put in order. */
const seqOriginMs = 1_500_000_000_000;
const seqPerMs = 4;

export const seqAt = (epochMs: number): number => Math.floor(epochMs - seqOriginMs) * seqPerMs;

export function directionOf(price: number, before: number, buy: boolean): TickDirection {
  if (price > before) return "PlusTick";
  if (price < before) return "MinusTick";
  return buy ? "ZeroPlusTick" : "ZeroMinusTick";
}

/** A UUID, as futures and options have. Its end is time and number, so two trades of a symbol never share one. */
export function tradeUuid(key: number, timeMs: number, nth: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0").slice(-digits);
  const draw = hash(key, timeMs, 11);
  const own = hash(key, timeMs, 12);
  return [
    hex(hash(draw, nth), 8),
    hex(draw, 4),
    `5${hex(own, 3)}`,
    `a${hex(own >>> 12, 3)}`,
    `${hex(timeMs % 2 ** 36, 9)}${hex(nth, 3)}`,
  ].join("-");
}

/** A numeric string, as spot has. */
export const tradeNumber = (timeMs: number, nth: number): string =>
  `229${String(timeMs % 1e12).padStart(12, "0")}${String(nth % 10_000).padStart(4, "0")}`;
