/**
 * Which process a process fault is aimed at: the client itself, or one of its children by what it runs. A child may
 * not be there yet (a connector that is being restarted), so it is looked for until it is or the fault is healed.
 */

import { wallClock } from "../../../core/clock.ts";
import type { FaultContext } from "../../incident/fault.ts";
import { lookAt, processTree, type SeenProcess } from "../../process/process-tree.ts";

export interface ProcessTarget {
  /** A child of the client, by a part of its command line; without it, the client itself. */
  child?: string;
}

export const targetText = ({ child }: ProcessTarget): string =>
  child === undefined ? "the client's process" : `a process of the client that runs "${child}"`;

/** A child comes and goes in wall time, whatever the incident's speed. */
const lookEveryWallMs = 5;

async function findTargets({ client }: FaultContext, { child }: ProcessTarget): Promise<SeenProcess[]> {
  if (client.pid === undefined) return [];
  const [root, ...children] = await processTree(client.pid);
  if (child === undefined) return root === undefined ? [] : [root];
  return children.filter(({ command }) => command.includes(child));
}

/** Calls `act` with the target as soon as it is there. */
export function onceThere(
  context: FaultContext,
  target: ProcessTarget,
  act: (found: SeenProcess) => Promise<void> | void,
): { stop(): void } {
  return lookUntil(async () => {
    const [found] = await findTargets(context, target);
    if (found !== undefined) await act(found);
    return found !== undefined;
  });
}

/** Calls `act` with the target, and with each that takes its place, as soon as it is there. */
export function eachThere(
  context: FaultContext,
  target: ProcessTarget,
  act: (found: SeenProcess) => void,
): { stop(): void } {
  const met = new Set<number>();
  return lookUntil(async () => {
    const fresh = (await findTargets(context, target)).filter(({ pid }) => !met.has(pid));
    for (const found of fresh) {
      met.add(found.pid);
      act(found);
    }
    return false;
  });
}

/** Journals it when the process is seen in that state. */
export function onceSeen(
  { journal }: FaultContext,
  { pid, command }: SeenProcess,
  state: SeenProcess["state"],
): { stop(): void } {
  return lookUntil(async () => {
    const seen = (await lookAt(pid)).state === state;
    if (seen) journal.write("client.process", { pid, command, state });
    return seen;
  });
}

function lookUntil(look: () => Promise<boolean>): { stop(): void } {
  const stopped = new AbortController();
  const again = async (): Promise<void> => {
    if (await look()) stopped.abort();
    if (!stopped.signal.aborted) timer = wallClock.after(lookEveryWallMs, () => void again());
  };
  let timer = wallClock.after(0, () => void again());
  return {
    stop() {
      stopped.abort();
      timer.cancel();
    },
  };
}

/**
 * Signals what was found: a child by itself, the client with its whole process group. A command for the shell, or `npm
 * start`, is the first process only; the bot is what that started. A process in a session of its own is not reached.
 */
export const signalTarget = ({ child }: ProcessTarget, pid: number, signal: NodeJS.Signals): void =>
  send(child === undefined ? -pid : pid, signal);

/** Sends a signal to a process, or to a group by its negative number, that may have ended in the meantime. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
