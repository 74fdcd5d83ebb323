/** The clock that this process is on, for a process that starts others on it: see `native/library/load.c`. */

import { groups, type ClockGroup } from "./groups.ts";
import { ClockMemory } from "./memory.ts";

export interface OwnClock {
  readonly memory: ClockMemory;
  /** Variables that put a process in another group; its own `LD_PRELOAD` is kept. */
  environment(group: ClockGroup, env: Readonly<Record<string, string | undefined>>): Record<string, string>;
  /** Moves the date of a group's processes to this epoch ms, now; it goes on from there. */
  setDate(group: ClockGroup, dateMs: number): void;
}

/** Undefined for a process that is on none. */
export function ownClock(): OwnClock | undefined {
  const [path] = process.env.FIREDRILL_LEAP?.split(";") ?? [];
  const [library] = process.env.LD_PRELOAD?.split(":") ?? [];
  if (path === undefined || library === undefined) return undefined;
  const memory = new ClockMemory(path);
  return {
    memory,
    environment: (group, env) => ({
      LD_PRELOAD: [library, env.LD_PRELOAD].filter(Boolean).join(":"),
      FIREDRILL_LEAP: `${path};${groups.indexOf(group)}`,
    }),
    setDate: (group, dateMs) => memory.setOffsetMs(groups.indexOf(group), dateMs - memory.startMs - memory.elapsedMs()),
  };
}
