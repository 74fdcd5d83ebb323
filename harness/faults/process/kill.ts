/** The client, or one of its processes, is killed. Nothing starts it again: that is the operator's or its supervisor's. */

import { faultKind } from "../../fault.ts";
import { onceSeen, onceThere, send, targetText, type ProcessTarget } from "../lib/client-child.ts";
import { processes } from "../lib/needs.ts";

export interface KillOptions extends ProcessTarget {
  /** Default SIGKILL. */
  signal?: "SIGKILL" | "SIGTERM" | "SIGABRT";
}

export default faultKind<KillOptions>({
  kind: "process.kill",
  summary: "the client, or a child of it, is killed by a signal",
  needs: [processes],
  endpoint: "client",
  awaits: targetText,
  arm(context, { child, signal = "SIGKILL" }) {
    const { client } = context;
    let targetPid: number | undefined;
    let seen: { stop(): void } | undefined;
    const target = child === undefined ? {} : { child };
    const looking = onceThere(context, target, (found) => {
      targetPid = found.pid;
      // The whole group of the client: its children go with it, as with a container that is killed.
      if (child === undefined) client.expectEnd(signal);
      send(child === undefined ? -found.pid : found.pid, signal);
      if (child !== undefined) seen = onceSeen(context, found, "gone");
    });
    return {
      landing(event) {
        const ended = event.type === "client.exited" || (event.type === "client.process" && event.state === "gone");
        return ended && event.pid === targetPid ? `process ${event.pid} was ended by ${signal}` : undefined;
      },
      heal() {
        looking.stop();
        seen?.stop();
      },
    };
  },
});
