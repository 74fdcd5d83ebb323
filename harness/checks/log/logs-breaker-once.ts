/**
 * A breaker's changes are worth a line each, and what it holds back is not: a line that names a breaker comes once in a time
 * that is its pause. Judged from what the client printed while its webhook failed; one without such a word has no breaker
 * that anybody could see, or says nothing of it.
 */

import { count, formatDuration, seconds } from "../../../core/units.ts";
import { busiest, printedKinds } from "../../evidence/printed-kinds.ts";
import { atMost } from "../../verdicts/figure.ts";

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
    evidence.faults("webhook").flatMap(({ armedAt, healedAt }) =>
      printedKinds(evidence.journal, evidence.setting.symbols).flatMap(({ kind, lines }) => {
        const own = lines.filter(({ at }) => at >= armedAt && at < healedAt);
        const { most: value, from } = busiest(own, every - roundMs);
        if (from === undefined || !breaker.test(kind)) return [];
        const seen = `it printed "${kind}" ${count(value, "time")} in the ${formatDuration(every)} from ${evidence.date(from.at)} (see client.log)`;
        return [{ event: from.event, what: `"${kind}"`, at: from.at, value, seen, excuse: null }];
      }),
    ),
});
