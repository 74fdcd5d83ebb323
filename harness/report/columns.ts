/** Rows of text as columns of even width, colours and all. */

// eslint-disable-next-line no-control-regex -- a colour is an escape sequence, and takes no room on the screen
const visible = (text: string): number => text.replace(/\u001b\[\d+m/g, "").length;
const pad = (text: string, width: number): string => text + " ".repeat(Math.max(width - visible(text), 0));

export function columns(rows: readonly (readonly string[])[], between = "   "): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => visible(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((text, column) => pad(text, widths[column] ?? 0))
      .join(between)
      .trimEnd(),
  );
}
