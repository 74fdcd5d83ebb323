/**
 * Pages of a list, newest first, with Bybit's cursors: percent-encoded, naming the page's first and last item. A
 * client may hand one back as it got it or encoded once more.
 */

import { paramsError } from "../protocol/ret-codes.ts";

export interface PageRules<T> {
  query: URLSearchParams;
  defaultLimit: number;
  maxLimit: number;
  /** What names an item in a cursor, such as `<orderId>:<ms>`; must be unique and stay the same. */
  nameOf(item: T): string;
  /** What the list was taken from, in the same order: a cursor's item that has left the list keeps its place there. */
  takenFrom?: readonly T[];
  /** Where a cursor names its last item only, and with commas inside. */
  namesLastOnly?: boolean;
}

export function page<T>(items: readonly T[], rules: PageRules<T>): { items: T[]; nextPageCursor: string } {
  const limit = limitOf(rules);
  const last = lastNameOf(rules.query.get("cursor") ?? "", rules.namesLastOnly === true);
  const from = last === "" ? 0 : placeAfter(last, items, rules);
  const shown = items.slice(from, from + limit);
  const [first] = shown;
  const final = shown.at(-1);
  if (first === undefined || final === undefined) return { items: [], nextPageCursor: "" };
  const names = rules.namesLastOnly === true ? [final] : [first, final];
  return { items: shown, nextPageCursor: encodeURIComponent(names.map((item) => rules.nameOf(item)).join(",")) };
}

/** Where the page after an item begins; behind the last one where nobody knows the item. */
function placeAfter<T>(name: string, items: readonly T[], rules: PageRules<T>): number {
  const { takenFrom = items } = rules;
  const at = takenFrom.findIndex((item) => rules.nameOf(item) === name);
  if (at === -1) return items.length;
  const before = new Set(takenFrom.slice(0, at + 1));
  const place = items.findIndex((item) => !before.has(item));
  return place === -1 ? items.length : place;
}

/** Out of range is clamped; what is no number is refused. */
function limitOf<T>({ query, defaultLimit, maxLimit }: PageRules<T>): number {
  const text = query.get("limit") ?? "";
  if (text === "") return defaultLimit;
  if (!/^-?\d{1,9}$/.test(text)) throw paramsError("limit invalid");
  return Math.min(Math.max(Number(text), 1), maxLimit);
}

/** The query string was decoded once; one more level is tolerated. */
function lastNameOf(cursor: string, whole: boolean): string {
  let decoded = cursor;
  try {
    decoded = decodeURIComponent(cursor);
  } catch {
    // Then it never was encoded twice.
  }
  return whole ? decoded : (decoded.split(",").at(-1) ?? "");
}
