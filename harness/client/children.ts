/**
 * Watches which processes a client starts and when they end, from the kernel's own list (Linux). It samples, so what
 * lives for less than a sample may not be seen, and a moment is known to a sample. Where a process ends, the client's log
 * of that time is quoted in the journal: whether it says how is for checks to read.
 */

import { readdir } from "node:fs/promises";
import { wallClock, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { seconds } from "../../core/units.ts";
import { commandOf, descendantsOf, newestPid, showsProcesses, statOf } from "../process/process-tree.ts";
import { carriesMark } from "../process/run-mark.ts";
import type { ClientLog } from "./client-log.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** A process of the client was seen for the first time, or for the last. */
    "client.child-started": { pid: number; parentPid: number; command: string };
    "client.child-ended": { pid: number; command: string };
    /** The client ended and this process of it went on. */
    "client.left-behind": { pid: number; command: string };
  }
}

/** Time for children that end together with the client. */
const togetherWallMs = 300;
const togetherLookMs = 20;
/** How long the log is quoted after a process ended: incident time, and on a fast incident clock no less than this of the wall. */
const quotedMs = seconds(6);
const quotedWallMs = seconds(1);

/** How many samples until a daemon is looked for. */
const daemonEvery = 10;
/** Once the client has ended, nothing says any more who its own were. */
const showsParents = (rootPid: number): boolean => statOf(rootPid) !== undefined;

export interface Children {
  /** Those that are known to run now. */
  pids(): number[];
  /** Journals what the client left running, and gives its pids; it has just ended. */
  leftBehind(): Promise<number[]>;
  stop(): void;
}

export function watchChildren(rootPid: number, { clock, journal, log, run, earlier, sampleMs }: Watching): Children {
  /** Those that are not the client's. */
  let others = new Set(earlier);
  /** The client's own but its first, with what they run; undefined where that is not known yet. */
  const ours = new Map<number, string | undefined>();
  let busy: Promise<void> = Promise.resolve();
  let stopped = !showsProcesses;

  let newest: string | undefined;

  /** Samples since all processes were looked through. */
  let samples = 0;

  const sample = async (): Promise<void> => {
    const descendants = descendantsOf(rootPid);
    for (const pid of descendants ?? []) if (!others.has(pid) && !ours.has(pid)) ours.set(pid, undefined);
    const newestNow = newestPid();
    samples += 1;
    // To look through all processes takes long: where the kernel lists who descends from whom, only a daemon that has
    // left its parent is found so.
    const due = descendants === undefined || samples >= daemonEvery || !showsParents(rootPid);
    if (due && (newestNow === undefined || newestNow !== newest)) {
      await list();
      newest = newestNow;
      samples = 0;
    }
    for (const [pid, command] of ours) await look(pid, command);
  };
  const list = async (): Promise<void> => {
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
    const there = new Set(pids);
    others = new Set([...others].filter((pid) => there.has(pid)));
    for (const pid of pids.toSorted((a, b) => a - b)) {
      if (pid === rootPid || others.has(pid) || ours.has(pid)) continue;
      const stat = statOf(pid);
      if (stat === undefined || stat.state === "gone") continue;
      const related = stat.parentPid === rootPid || ours.has(stat.parentPid) || stat.groupId === rootPid;
      // A daemon that has left its parent and its group before it was seen still carries the mark.
      if (related || carriesMark(pid, run)) ours.set(pid, undefined);
      else others.add(pid);
    }
  };
  const look = async (pid: number, command: string | undefined): Promise<void> => {
    const stat = statOf(pid);
    if (stat === undefined || stat.state === "gone") {
      ours.delete(pid);
      if (command === undefined) return;
      journal.write("client.child-ended", { pid, command });
      log.quote({
        sinceAt: clock.elapsed() - clock.compression * 2 * sampleMs,
        forMs: Math.max(quotedMs, quotedWallMs * clock.compression),
      });
    } else if (command === undefined) {
      const [own, parents] = await Promise.all([commandOf(pid), commandOf(stat.parentPid)]);
      // Between fork and exec it still looks like its parent.
      if (own === "" || own === parents) return;
      ours.set(pid, own);
      journal.write("client.child-started", { pid, parentPid: stat.parentPid, command: own });
    }
  };
  const next = (): Promise<void> => (busy = busy.then(() => sample()).catch(() => undefined));
  const again = async (): Promise<void> => {
    await next();
    if (!stopped) timer = wallClock.after(sampleMs, () => void again());
  };
  let timer = wallClock.after(0, () => void (stopped ? undefined : again()));

  return {
    pids: () => [...ours.keys()],
    async leftBehind() {
      if (!showsProcesses) return [];
      const untilMs = wallClock.elapsed() + togetherWallMs;
      await next();
      // Time has to be let pass: on a clock that leaps none does while we look.
      while (ours.size > 0 && wallClock.elapsed() < untilMs) {
        await wallClock.sleep(togetherLookMs);
        await next();
      }
      for (const [pid, command = ""] of ours) journal.write("client.left-behind", { pid, command });
      return [...ours.keys()];
    },
    stop() {
      stopped = true;
      timer.cancel();
    },
  };
}

interface Watching {
  clock: Clock;
  journal: JournalSink;
  log: ClientLog;
  /** The run's name, whose mark the client's processes carry. */
  run: string;
  /** How often to look: wall time, as a process comes and goes in wall time, or that of the clock that leaps. */
  sampleMs: number;
  /** What an earlier start of the client has left running. */
  earlier: ReadonlySet<number>;
}
