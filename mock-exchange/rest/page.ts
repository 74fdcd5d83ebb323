/**
 * Pages of a list, newest first, with Bybit's cursors: percent-encoded, naming the page's first and last item. A
 * client may hand one back as it got it or encoded once more.
 */

import { paramsError } from "./ret-codes.ts";

export interface PageRules<T> {
  query: URLSearchParams;
  defaultLimit: number;
  maxLimit: number;
  /** What names an item in a cursor, such as `<orderId>:<ms>`; must be unique and stay the same. */
  nameOf(item: T): string;
  /** Where a cursor names its last item only, and with commas inside. */
  namesLastOnly?: boolean;
}

export function page<T>(items: readonly T[], rules: PageRules<T>): { items: T[]; nextPageCursor: string } {
  const limit = limitOf(rules);
  const last = lastNameOf(rules.query.get("cursor") ?? "", rules.namesLastOnly === true);
  const at = last === "" ? -1 : items.findIndex((item) => rules.nameOf(item) === last);
  if (last !== "" && at === -1) return { items: [], nextPageCursor: "" };
  const shown = items.slice(at + 1, at + 1 + limit);
  const [first] = shown;
  const final = shown.at(-1);
  if (first === undefined || final === undefined) return { items: [], nextPageCursor: "" };
  const names = rules.namesLastOnly === true ? [final] : [first, final];
  return { items: shown, nextPageCursor: encodeURIComponent(names.map((item) => rules.nameOf(item)).join(",")) };
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
