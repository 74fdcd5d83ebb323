/**
 * After a fault killed the client's runner, another one is started within a time. The first death of each fault is
 * measured; later ones in the same fault are the business of backoff. Judged from the kernel's list of processes.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { killings, livesOf } from "./lib/runners.ts";

export function restartsRunner({ child, within }: { child: string; within: number }): Check {
  return {
    name: "restarts-runner",
    asks: `starts another ${child} within ${formatDuration(within)} of the last one's death`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const lives = livesOf(journal, child);
      const endMs = clientEndMs(journal);
      const deaths = killings(journal, lives).map(({ victims: [life] }) => {
        const next = lives.find(({ startedAt }) => startedAt >= life.endedAt);
        return { life, next, tookMs: next === undefined ? Infinity : next.startedAt - life.endedAt };
      });
      const worst = deaths.toSorted((a, b) => b.tookMs - a.tookMs)[0];
      if (worst?.life.died === undefined) {
        const message = `No fault killed a ${child} of ${client}, so there was nothing to start again.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { life, next, tookMs } = worst;
      const death = `process ${life.pid} died at ${setting.date(life.endedAt)}`;
      const proof = [evidence(worst.life.died, `${child} ${death}`)];
      if (next === undefined) {
        const chanceMs = endMs - life.endedAt;
        const verdict = chanceMs < within ? "unknown" : "fail";
        const message = `Expected ${client} to start another ${child} within ${formatDuration(within)} after ${death}; it started none in the ${formatDuration(chanceMs)} that it ran on. See journal line ${worst.life.died.seq}.`;
        return { ...shape, verdict, measured: null, message, evidence: proof };
      }
      proof.push(evidence(next.born, `${child} was started as process ${next.pid}`));
      const measured = Math.round(tookMs);
      if (tookMs <= within) {
        const message = `${client} started another ${child} ${formatDuration(tookMs)} after ${death}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const message = `Expected ${client} to start another ${child} within ${formatDuration(within)} after ${death}; it took ${formatDuration(tookMs)}. See journal line ${next.born.seq}.`;
      const excuse = { fromAt: life.endedAt, toAt: next.startedAt, latenessMs: tookMs - within };
      return { ...shape, verdict: "fail", measured, message, evidence: proof, excuse };
    },
  };
}
