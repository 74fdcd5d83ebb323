/**
 * A runner that was stopped, so that nothing comes from it though it is there and connected, is ended within a time, and
 * not before it could be told from a quiet market.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { livesOf, toleranceMs } from "./lib/runners.ts";

export interface FrozenTargets {
  child: string;
  notBefore: number;
  within: number;
}

export function replacesFrozenRunner({ child, notBefore, within }: FrozenTargets): Check {
  return {
    name: "replaces-frozen-runner",
    asks: `ends a ${child} from which nothing comes after ${formatDuration(notBefore)}, within ${formatDuration(within)}`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const frozen = faultTimes(journal).find(({ name }) => name === "process.stop");
      const stopped = frozen === undefined ? undefined : journal.events[frozen.proof];
      const life = livesOf(journal, child).find(({ pid }) => stopped?.type === "client.process" && stopped.pid === pid);
      if (frozen === undefined || stopped === undefined || life === undefined) {
        const message = `No ${child} of ${client} was frozen.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const stoppedAt = frozen.landedAt;
      const proof = [evidence(stopped, `process ${life.pid} was stopped`)];
      const expected = `Expected ${client} to end its ${child} ${formatDuration(notBefore)} to ${formatDuration(within)} after nothing came from it any more, from ${setting.date(stoppedAt)}`;
      const seenMs = Math.min(clientEndMs(journal), frozen.healedAt) - stoppedAt;
      if (life.endedAt > frozen.healedAt) {
        const verdict = seenMs < within ? "unknown" : "fail";
        const message = `${expected}; process ${life.pid} was still there after ${formatDuration(seenMs)}. See journal line ${stopped.seq}.`;
        return { ...shape, verdict, measured: null, message, evidence: proof };
      }
      const tookMs = life.endedAt - stoppedAt;
      const measured = Math.round(tookMs);
      if (life.died !== undefined) proof.push(evidence(life.died, `process ${life.pid} ended`));
      if (tookMs > within) {
        const excuse = { fromAt: stoppedAt, toAt: life.endedAt, latenessMs: tookMs - within };
        const message = `${expected}; it took ${formatDuration(tookMs)}. See journal line ${life.died?.seq ?? 0}.`;
        return { ...shape, verdict: "fail", measured, message, evidence: proof, excuse };
      }
      // It may have been frozen for a while before it was seen to be.
      if (life.endedAt - frozen.armedAt < notBefore - toleranceMs(setting)) {
        const message = `${expected}; it did so after ${formatDuration(tookMs)} already. See journal line ${life.died?.seq ?? 0}.`;
        return { ...shape, verdict: "fail", measured, message, evidence: proof };
      }
      const message = `${client} ended its frozen ${child} ${formatDuration(tookMs)} after nothing came from it any more.`;
      return { ...shape, verdict: "pass", measured, message, evidence: proof };
    },
  };
}
