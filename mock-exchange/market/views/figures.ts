/** Small forms of numbers that several views share. */

/** Change from one price to another as a fraction with fixed decimals; 0 where there is nothing to compare with. */
export const fraction = (now: number, before: number, decimals: number): string =>
  (before === 0 ? 0 : now / before - 1).toFixed(decimals);

/** A decimal string with at most so many decimals, the rest cut off. */
export function cutDecimals(text: string, decimals: number): string {
  const point = text.indexOf(".");
  return point < 0 ? text : text.slice(0, point + 1 + decimals);
}

/** With as many decimals at least. */
export function filledDecimals(text: string, decimals: number): string {
  const [whole = "0", given = ""] = text.split(".");
  return `${whole}.${given.padEnd(decimals, "0")}`;
}
