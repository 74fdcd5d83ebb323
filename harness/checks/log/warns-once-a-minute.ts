/**
 * Equal warnings come at most once a minute: hundreds an hour make a log that nobody can read when it counts. Equal are
 * lines that differ in numbers and dates only. Judged from what the client printed; one that prints nothing shows
 * nothing.
 */

import { count, minutes } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";
import { printedLines } from "../../verdicts/needs.ts";

const allowed = 1;

export const warnsOnceAMinute = atMost<object>("warns-once-a-minute", {
  asks: "prints equal lines at most once a minute",
  needs: printedLines,
  unit: "equal lines a minute",
  limit: () => allowed,
  todo: "print equal lines at most once a minute",
  unjudged: "no fault gave it a reason to",
  cases(evidence) {
    if (evidence.faults().length === 0) return [];
    const printed = evidence.all("client.printed");
    const cases = printed.flatMap((event) => {
      const { line, times: value, agoMs, spanMs } = event;
      if (line === null) return [];
      const at = event.at - agoMs;
      const seen = `it printed "${line}" ${count(value, "time")} in the minute from ${evidence.date(at)} (see client.log)`;
      // Read late the first time and in time the next, lines a minute apart look closer.
      const latenessMs = (value - 1) * minutes(1) - spanMs;
      return [
        { event, what: `"${line}"`, at, value, seen, excuse: { fromAt: at - minutes(1), toAt: event.at, latenessMs } },
      ];
    });
    const uncounted = printed.find(({ line }) => line === null);
    if (uncounted === undefined || cases.some(({ value }) => value > allowed)) return cases;
    return `it printed ${count(uncounted.times, "line")} more in a minute than are counted one by one; see client.log`;
  },
});
