/**
 * After a fault killed the client's runner, another one is started within a time. The first death of each fault is
 * measured; later ones in the same fault are the business of backoff. Judged from the kernel's list of processes.
 */

import { formatDuration } from "../../../core/units.ts";
import { childProcess } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";

export interface RestartTargets {
  child: string;
  within: number;
}

export const restartsRunner = within<RestartTargets>("restarts-runner", {
  asks: ({ child, within }) => `starts another ${child} within ${formatDuration(within)} of the last one's death`,
  needs: childProcess,
  todo: (_death, { child }) => `start another ${child}`,
  unjudged: ({ child }) => `no fault killed its ${child}`,
  occasions: (evidence, { child }) =>
    evidence.killings(child).map(({ victims: [{ pid, endedAt: at, died, born }] }) => {
      const next = evidence.runners(child).find(({ startedAt }) => startedAt >= at);
      return { event: died ?? born, what: `process ${pid} died`, at, until: next?.startedAt };
    }),
});
