/**
 * What is legal is no error: a client that is given little data does not print errors of it. Looked for is how programs
 * mark them: a level ERROR, FATAL or CRITICAL, a `TypeError:` and its like, a traceback. Judged from what the client
 * printed while the faults lasted; one that prints nothing shows nothing.
 */

import { count } from "../../../core/units.ts";
import { printedLines } from "../../verdicts/needs.ts";
import { never } from "../../verdicts/never.ts";

const marks =
  /\b(?:ERROR|FATAL|CRITICAL)\b|\b(?:[A-Z]\w*)?(?:Error|Exception)\b|\bTraceback\b|^\W*error\b|level"?[=:]\s*"?error/;

export const logsNoError = never<object>("logs-no-error", {
  asks: "prints no error about what is legal",
  needs: printedLines,
  unit: "errors",
  todo: "take nothing that is legal for an error",
  unjudged: "no fault met it, or it printed more than was looked at",
  violations(evidence) {
    const fromMs = Math.min(...evidence.faults().map(({ armedAt }) => armedAt));
    return evidence.all("client.printed").flatMap((event) => {
      const { line, times, at, agoMs } = event;
      if (at < fromMs || line === null || !marks.test(line)) return [];
      return [{ event, what: `printed "${line}" (see client.log)`, at: at - agoMs, times }];
    });
  },
  looked: (evidence) =>
    // Among lines that nobody looked at there may have been an error.
    evidence.faults().length === 0 || evidence.all("client.output-dropped").length > 0
      ? undefined
      : `none in ${count(evidence.all("client.printed").length, "line")}`,
});
