/** Reads a book's frame as what it claims to be; undefined where it is not. */

import type { BookData, Level } from "./book.ts";
import type { DataFrame } from "./frame.ts";

export function bookData({ type, data }: DataFrame): (BookData & { type: "snapshot" | "delta" }) | undefined {
  if (type !== "snapshot" && type !== "delta") return undefined;
  if (typeof data !== "object" || data === null) return undefined;
  const { u, seq, b, a } = data as Record<string, unknown>;
  if (!Number.isInteger(u) || !Number.isInteger(seq) || !isLevels(b) || !isLevels(a)) return undefined;
  return { type, u: u as number, seq: seq as number, b, a };
}

const isLevels = (value: unknown): value is Level[] =>
  Array.isArray(value) &&
  value.every((level) => Array.isArray(level) && level.every((part) => typeof part === "string"));
