/**
 * A book's best levels as one number, by which two sides can see that they have the same book: CRC-32 over
 * `price:size` of the best 25 bids and asks in turn, joined by colons, as other exchanges publish it.
 */

import { crc32 } from "node:zlib";
import type { Level } from "./book.ts";

export const checksumLevels = 25;

export function checksum({ bids, asks }: { bids: readonly Level[]; asks: readonly Level[] }): number {
  const parts: string[] = [];
  for (let at = 0; at < checksumLevels; at += 1) {
    for (const level of [bids[at], asks[at]]) if (level !== undefined) parts.push(`${level[0]}:${level[1]}`);
  }
  return crc32(parts.join(":"));
}
