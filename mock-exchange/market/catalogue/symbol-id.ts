/** The number that Bybit gives an instrument besides its name: the same in every run, and no two alike. */

import type { Category } from "../market.ts";

const highest = 1_000_000;
/** FNV-1a. */
const [basis, prime] = [0x811c_9dc5, 0x0100_0193];

export function symbolId(category: Category, symbol: string): number {
  let hash = basis;
  for (const letter of `${category}/${symbol}`) hash = Math.imul(hash ^ letter.charCodeAt(0), prime);
  return 1 + ((hash >>> 0) % highest);
}
