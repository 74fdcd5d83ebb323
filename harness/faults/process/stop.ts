/**
 * The client, or one of its processes, is stopped by SIGSTOP and goes on when the fault heals: a frozen container, a
 * debugger, a machine that swaps. Its sockets stay open and its kernel goes on answering.
 */

import { faultKind } from "../../incident/fault.ts";
import { onceSeen, onceThere, signalTarget, targetText, type ProcessTarget } from "../lib/client-child.ts";
import { processes } from "../lib/needs.ts";

export default faultKind<ProcessTarget>({
  kind: "process.stop",
  summary: "the client, or a child of it, is stopped (SIGSTOP) and continued (SIGCONT) at the heal",
  needs: [processes],
  endpoint: "client",
  awaits: targetText,
  arm(context, target) {
    let stoppedPid: number | undefined;
    let seen: { stop(): void } | undefined;
    const looking = onceThere(context, target, (found) => {
      stoppedPid = found.pid;
      signalTarget(target, found.pid, "SIGSTOP");
      seen = onceSeen(context, found, "stopped");
    });
    return {
      landing: (event) =>
        event.type === "client.process" && event.state === "stopped" && event.pid === stoppedPid
          ? `process ${event.pid} was stopped`
          : undefined,
      heal() {
        looking.stop();
        seen?.stop();
        if (stoppedPid !== undefined) signalTarget(target, stoppedPid, "SIGCONT");
      },
    };
  },
});
