/**
 * The client, or one of its processes, is killed. Nothing starts it again: that is the operator's or its supervisor's.
 * With `again` whatever takes its place is killed as well, as soon as it is there: a crash loop. From outside a process
 * cannot be made to exit with a code: by SIGTERM it ends as its own handler has it, which is as near as can be.
 */

import { FiredrillError } from "../../../core/errors.ts";
import { faultKind } from "../../incident/fault.ts";
import type { SeenProcess } from "../../process/process-tree.ts";
import { eachThere, onceSeen, onceThere, signalTarget, targetText, type ProcessTarget } from "../lib/client-child.ts";
import { processes } from "../lib/needs.ts";

export interface KillOptions extends ProcessTarget {
  /** Default SIGKILL. */
  signal?: "SIGKILL" | "SIGTERM" | "SIGABRT";
  /** Kills a child's successors too, until the heal. Only for a child: nobody starts the client itself again. */
  again?: boolean;
}

export default faultKind<KillOptions>({
  kind: "process.kill",
  summary: "the client, or a child of it, is killed by a signal",
  needs: [processes],
  endpoint: "client",
  awaits: targetText,
  /** @throws FiredrillError where the client itself is to be killed again. */
  arm(context, { child, signal = "SIGKILL", again = false }) {
    const { client, journal } = context;
    if (again && child === undefined) {
      throw new FiredrillError(`Only a child of the client can be killed again: "again" needs a "child".`);
    }
    const targets = new Set<number>();
    const seen: { stop(): void }[] = [];
    const target = child === undefined ? {} : { child };
    const kill = (found: SeenProcess): void => {
      targets.add(found.pid);
      // The whole group of the client: its children go with it, as with a container that is killed.
      if (child === undefined) client.expectEnd(signal);
      // A successor may be gone before anybody else has seen it.
      else journal.write("client.process", { pid: found.pid, command: found.command, state: "running" });
      signalTarget(target, found.pid, signal);
      if (child !== undefined) seen.push(onceSeen(context, found, "gone"));
    };
    const looking = again ? eachThere(context, target, kill) : onceThere(context, target, kill);
    return {
      landing(event) {
        const ended = event.type === "client.exited" || (event.type === "client.process" && event.state === "gone");
        return ended && targets.has(event.pid) ? `process ${event.pid} was ended by ${signal}` : undefined;
      },
      heal() {
        looking.stop();
        seen.forEach((look) => look.stop());
      },
    };
  },
});
