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

/** Cross sequence: grows with time, so that books and trades of a symbol can be put in order. */
const seqOriginMs = 1_500_000_000_000;
const seqPerMs = 4;

export const seqAt = (epochMs: number): number => Math.floor(epochMs - seqOriginMs) * seqPerMs;

export function directionOf(price: number, before: number, buy: boolean): TickDirection {
  if (price > before) return "PlusTick";
  if (price < before) return "MinusTick";
  return buy ? "ZeroPlusTick" : "ZeroMinusTick";
}

/** A UUID, as futures and options have, fixed by the trade's place. */
export function tradeUuid(key: number, timeMs: number, nth: number): string {
  const part = (salt: number): string =>
    hash(key ^ nth, timeMs, salt)
      .toString(16)
      .padStart(8, "0");
  const digits = part(11) + part(12) + part(13) + part(14);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}

/** A numeric string, as spot has. */
export const tradeNumber = (key: number, timeMs: number, nth: number): string =>
  `2290000${String(Math.floor(timeMs / 10) % 1e9).padStart(9, "0")}${String((hash(key, timeMs) + nth) % 1000).padStart(3, "0")}`;
