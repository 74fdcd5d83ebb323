/**
 * After a fault killed the client's runner, the topics that it had are subscribed again, by whatever connection. The time
 * counts from the last death of each fault: one that is killed as soon as it is there has no chance to.
 */

import { formatDuration } from "../../../core/units.ts";
import { childProcess } from "../../verdicts/needs.ts";
import { theLast } from "../../verdicts/the-last.ts";
import { within } from "../../verdicts/within.ts";
import type { RestartTargets } from "./restarts-runner.ts";

export const runnerResubscribes = within<RestartTargets>("runner-resubscribes", {
  asks: ({ child, within }) => `has its topics again within ${formatDuration(within)} of the death of ${child}`,
  needs: childProcess,
  todo: "subscribe its topics again",
  unjudged: ({ child }) => `its ${child} was not killed while it had topics`,
  occasions: (evidence, { child, within }) =>
    evidence.killings(child).flatMap(({ victims, fault: { armedAt } }) => {
      const { pid, endedAt: at, died, born } = victims.at(-1) ?? victims[0];
      const topics = evidence
        .topics("exchange-public")
        .filter(({ spans }) => spans.some(({ fromAt, toAt }) => fromAt <= armedAt && armedAt <= toAt))
        .map(({ topic, spans }) => {
          const again = spans.filter(({ fromAt, opened }) => fromAt >= at && opened.at >= armedAt);
          return { name: topic, at: again.length === 0 ? undefined : Math.min(...again.map(({ fromAt }) => fromAt)) };
        });
      if (topics.length === 0) return [];
      return [{ event: died ?? born, what: `process ${pid} died`, at, ...theLast("topic", topics, at + within) }];
    }),
});
