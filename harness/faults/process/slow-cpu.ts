/**
 * The client gets only a share of its CPU: it is stopped and continued in turns, many times a second, as the kernel does
 * with a container over its quota.
 */

import { wallClock, type Timer } from "../../../core/clock.ts";
import { FiredrillError } from "../../../core/errors.ts";
import { faultKind } from "../../incident/fault.ts";
import { onceSeen, onceThere, signalTarget, targetText, type ProcessTarget } from "../lib/client-child.ts";
import { processes } from "../lib/needs.ts";

export interface SlowCpuOptions extends ProcessTarget {
  /** How much of the time it may run, above 0 and below 1. */
  share: number;
}

/** The kernel's own period for CPU quotas is 100 ms; a shorter one is smoother. Wall ms. */
const periodWallMs = 40;

export default faultKind<SlowCpuOptions>({
  kind: "process.slow-cpu",
  summary: "the client, or a child of it, runs only for a share of the time",
  needs: [processes],
  endpoint: "client",
  awaits: targetText,
  /** @throws FiredrillError for a share that is none. */
  arm(context, { share, ...target }) {
    if (!(share > 0 && share < 1)) {
      throw new FiredrillError(`A CPU cannot be slowed to a share of ${share}: allowed is above 0 and below 1.`);
    }
    let slowedPid: number | undefined;
    let turn: Timer | undefined;
    let seen: { stop(): void } | undefined;
    const stopNow = (pid: number): void => {
      signalTarget(target, pid, "SIGSTOP");
      turn = wallClock.after(periodWallMs * (1 - share), () => runNow(pid));
    };
    const runNow = (pid: number): void => {
      signalTarget(target, pid, "SIGCONT");
      turn = wallClock.after(periodWallMs * share, () => stopNow(pid));
    };
    const looking = onceThere(context, target, (found) => {
      slowedPid = found.pid;
      stopNow(found.pid);
      seen = onceSeen(context, found, "stopped");
    });
    return {
      landing: (event) =>
        event.type === "client.process" && event.state === "stopped" && event.pid === slowedPid
          ? `process ${event.pid} was slowed to ${share * 100} % of its CPU`
          : undefined,
      heal() {
        looking.stop();
        seen?.stop();
        turn?.cancel();
        if (slowedPid !== undefined) signalTarget(target, slowedPid, "SIGCONT");
      },
    };
  },
});
