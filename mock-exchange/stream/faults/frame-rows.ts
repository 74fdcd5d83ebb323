/** What a data frame says: the rows of its `data`, which is a list of them or a single one. */

import type { Frame } from "../frame.ts";
import { glob } from "../../../mock-kit/rules/glob.ts";

type Row = Readonly<Record<string, unknown>>;

/** One frame goes out on many connections. */
const read = new WeakMap<Frame, readonly Row[]>();

export function rowsOf(frame: Frame): readonly Row[] {
  const known = read.get(frame);
  if (known !== undefined) return known;
  const { data } = JSON.parse(frame.text) as { data?: unknown };
  const rows = (Array.isArray(data) ? data : [data]).filter((row) => typeof row === "object" && row !== null) as Row[];
  read.set(frame, rows);
  return rows;
}

/** Whether a row has all of these values; a text may have a `*` for any letters. */
export function rowMatcher(wanted: Readonly<Record<string, string | number | boolean>>): (row: Row) => boolean {
  const fits = Object.entries(wanted).map(([name, value]): [string, (seen: unknown) => boolean] => {
    const text = typeof value === "string" ? glob(value) : undefined;
    return [name, (seen) => (text === undefined ? seen === value : typeof seen === "string" && text(seen))];
  });
  return (row) => fits.every(([name, holds]) => holds(row[name]));
}
