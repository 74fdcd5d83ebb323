/**
 * A breaker's changes are worth a line each, and what it holds back is not: a line that names a breaker comes once in a time
 * that is its pause. Judged from what the client printed while its webhook failed; one without such a word has no breaker
 * that anybody could see, or says nothing of it.
 */

import { formatDuration, seconds } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";
import { repeatsOf } from "../../verdicts/repeats.ts";

const breaker = /breaker|circuit/i;
/** Its pause and the attempt after it are not on the second. */
const roundMs = seconds(10);

export const logsBreakerOnce = atMost<{ every: number }>("logs-breaker-once", {
  asks: ({ every }) =>
    `logs each change of its breaker once, so each such line at most once in ${formatDuration(every)}`,
  needs: (evidence) =>
    evidence.all("client.printed").some(({ line }) => line !== null && breaker.test(line))
      ? undefined
      : { verdict: "not-applicable", why: "nothing that it printed names a breaker" },
  unit: "equal lines",
  limit: () => 1,
  todo: ({ every }) =>
    `log each change of its breaker once, so each such line at most once in ${formatDuration(every)}`,
  unjudged: "its webhook never failed",
  cases: (evidence, { every }) =>
    evidence.faults("webhook").flatMap(({ armedAt: fromMs, healedAt: toMs }) => {
      const isMeant = (kind: string): boolean => breaker.test(kind);
      return repeatsOf(evidence, { fromMs, toMs, spanMs: every - roundMs, span: formatDuration(every), isMeant });
    }),
});
