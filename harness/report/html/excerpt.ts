/**
 * The part of a journal or a log that a report carries: all of it where it fits, otherwise the lines that something
 * points at and an even choice of the others. How many were left out is kept with it.
 */

import { gzipSync } from "node:zlib";
import type { Excerpt } from "./model.ts";

/** @param wanted Lines that have to be in it, from 1. @param mostBytes Of the packed text. */
export function excerptOf(path: string, text: string, wanted: ReadonlySet<number>, mostBytes: number): Excerpt {
  const all = text.split("\n").map((line, index) => [index + 1, line] as const);
  if (all.at(-1)?.[1] === "") all.pop();
  for (let everyNth = 1; ; everyNth *= 2) {
    const isLast = everyNth > all.length;
    const chosen = all.filter(([number]) => number % everyNth === 0 || wanted.has(number));
    const packed = gzipSync(chosen.map(([number, line]) => `${number}\t${line}`).join("\n")).toString("base64");
    if (packed.length <= mostBytes || isLast) return { path, packed, lines: chosen.length, total: all.length };
  }
}
