/**
 * An hour in which nothing breaks leaves a log that somebody can read: at most so many lines in any hour, of whatever kind.
 * Judged from when the client had settled; an hour is the least that can be judged.
 */

import { count, hours, seconds } from "../../../core/units.ts";
import { printedKinds, uncountedLines } from "../../evidence/printed-kinds.ts";
import { printedLines } from "../../verdicts/needs.ts";
import { atMost } from "../../verdicts/figure.ts";
import { busiest } from "../../verdicts/rate.ts";

/** The last line of an hour may be on its way. */
const roundMs = seconds(30);

export const quietLog = atMost<{ atMost: number }>("quiet-log", {
  asks: ({ atMost }) => `prints at most ${count(atMost, "line")} in an hour in which nothing breaks`,
  needs: printedLines,
  unit: "lines an hour",
  limit: ({ atMost }) => atMost,
  todo: ({ atMost }) => `print at most ${count(atMost, "line")} in an hour in which nothing breaks`,
  unjudged: "there was no hour in which nothing broke",
  cases(evidence) {
    const settled = evidence.journal.last("client.settled");
    if (settled === undefined || evidence.endMs() - settled.at < hours(1) - roundMs) return [];
    const sinceMs = settled.at;
    const lines = printedKinds(evidence.journal, evidence.setting.symbols)
      .flatMap((one) => [...one.lines])
      .filter(({ at }) => at >= sinceMs)
      .toSorted((a, b) => a.at - b.at);
    const most = busiest(lines, ({ at }) => at, hours(1));
    const [from] = most;
    const value = most.length + uncountedLines(evidence.journal, sinceMs);
    const seen = `it printed ${count(value, "line")} in the hour from ${evidence.date(from?.at ?? sinceMs)} (see client.log)`;
    return [{ event: from?.event ?? settled, what: "an hour", at: from?.at ?? sinceMs, value, seen, excuse: null }];
  },
});
