/**
 * What a client that has ended printed of the reason. A runtime that ends a program prints a report, whose last line is
 * never the reason: Node's is its version, Java's and Go's a frame of the stack. So where the end is the end of such a
 * report, the line above that names the error is taken; else the last line is the last word.
 */

export interface LastWords {
  /** Whether it names an error, as a runtime does. */
  isError: boolean;
  text: string;
}

/** Only a report of Node, Java, .NET, Go, Rust or npm ends so. */
const endsReport =
  /^\s+at \S|^Node\.js v\d|^goroutine \d+ |^\t\S+\.go:\d+|^exit status \d+$|^note: run with `RUST_BACKTRACE|^npm (?:error|ERR!)/;
/** What stands in a report besides: what is indented, closing brackets, Go's calls. */
const partOfReport = /^\s+\S|^[\])}]+[,;]?$|^[\w./*()]+\(.*\)$|^Caused by: /;
/** How runtimes name the error, at the beginning of a line: indented ones are its causes and parts. */
const namesError =
  /^(?:Uncaught |Unhandled exception\. |Exception in thread \S+ )*(?:[\w$]+\.)*[\w$]*(?:Error|Exception)\b(?: \[\w+\])?(?::|$)|^panic: |^fatal error: |^thread '.*' panicked at /;
/** Rust names the place, and says in the line below what happened. */
const saysMoreBelow = /^thread '.*' panicked at .*:$/;

/** @param printed What it printed last, oldest first, as it was printed. */
export function lastWords(printed: readonly string[]): LastWords | undefined {
  const lines = printed.map((line) => line.trimEnd()).filter((line) => line !== "");
  const end = lines.findLastIndex((line) => !endsReport.test(line) && !partOfReport.test(line));
  const isReport = lines.slice(end + 1).some((line) => endsReport.test(line));
  if (!isReport) return wordsAt(lines, lines.length - 1);
  const error = lines.slice(0, end + 1).findLastIndex((line) => namesError.test(line));
  return wordsAt(lines, error === -1 ? Math.max(end, 0) : error);
}

function wordsAt(lines: readonly string[], index: number): LastWords | undefined {
  const line = lines[index];
  if (line === undefined) return undefined;
  const text = saysMoreBelow.test(line) ? `${line} ${lines[index + 1] ?? ""}` : line;
  return { isError: namesError.test(line), text: text.trim() };
}
