/**
 * Leaves nothing behind, whatever ends Firedrill. A small process of its own holds a pipe to this one and knows what
 * has to go: process groups, folders, proxies on a Toxiproxy that is not ours. When the pipe closes, on a normal exit,
 * a crash or SIGKILL alike, it removes what is still registered. It cannot help where somebody kills it as well.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { siblingModule } from "../../core/sibling-module.ts";

/** Something that must not outlive this process. */
export type Leftover =
  /** A process group, by its leader's pid. */
  | { kind: "group"; pid: number }
  /** Every process of a run, however it was started (Linux only; see `run-mark.ts`). */
  | { kind: "run"; run: string }
  /** A folder or file. */
  | { kind: "path"; path: string }
  /** A resource that goes away with an HTTP DELETE. */
  | { kind: "http"; url: string };

export type ReaperMessage = { add: Leftover; id: number } | { remove: number };

export interface Reaper {
  /** Registers a leftover; it is safe once this resolves. Call the result once it is gone. */
  guard(leftover: Leftover): Promise<() => void>;
  /** Removes what is left and ends the reaper. */
  close(): Promise<void>;
}

export function startReaper(): Reaper {
  // A session of its own, so that Ctrl-C in the terminal does not reach it.
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(siblingModule(import.meta.url, "reaper-main"))], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
  });
  const exited = once(child, "exit");
  child.unref();
  // If the reaper died, writing to it must not bring down the run it watches over.
  child.stdin?.on("error", () => undefined);

  let nextId = 0;
  const send = (message: ReaperMessage): Promise<void> =>
    new Promise((resolve) => {
      child.stdin?.write(`${JSON.stringify(message)}\n`, () => resolve());
    });
  return {
    async guard(leftover) {
      nextId += 1;
      const id = nextId;
      await send({ add: leftover, id });
      return () => void send({ remove: id });
    },
    async close() {
      child.ref();
      child.stdin?.end();
      if (child.exitCode === null) await exited;
    },
  };
}
