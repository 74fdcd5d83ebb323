/**
 * A runner that dies again and again is not started again and again at full speed: by its fourth death the client waits
 * for some time, and the busiest minute of the crash loop has few starts. A machine that is late makes waits longer and
 * starts fewer. So waits that are short all the same are the client's doing, and long ones are only a merit of its where
 * they are longer than the machine was late.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration, minutes } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { latenessMs } from "./lib/lateness.ts";
import { killings, livesOf, type Life } from "./lib/runners.ts";

export interface ThrottleTargets {
  child: string;
  mostPerMinute: number;
  /** A wait this long has to be seen. */
  waits: number;
}

export function throttlesRestarts({ child, mostPerMinute, waits }: ThrottleTargets): Check {
  return {
    name: "throttles-restarts",
    asks: `starts ${child} at most ${mostPerMinute} times a minute in a crash loop`,
    judge(journal, setting): Judgement {
      const shape = { target: mostPerMinute, unit: "starts/min" };
      const lives = livesOf(journal, child);
      const loops = killings(journal, lives).filter(({ victims }) => victims.length >= 2);
      if (loops.length === 0) {
        const message = `No ${child} of ${setting.client} died twice in a fault, so there was no crash loop.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const restarts = loops.flatMap(({ fault }) => lives.filter(({ startedAt }) => startedAt > fault.landedAt));
      const busiest = restarts.map((first) => within(restarts, first)).toSorted((a, b) => b.length - a.length)[0] ?? [];
      const [first] = busiest;
      const proof = first === undefined ? [] : [evidence(first.born, `process ${first.pid} was started`)];
      const rest = { ...shape, measured: busiest.length, evidence: proof };
      const from = setting.date(first?.startedAt ?? 0);
      const waited = loops.flatMap(({ victims }) => waitsAfter(journal, victims, lives));
      const longestMs = Math.max(...waited.map(({ ms }) => ms));
      const waitedMs = Math.max(...waited.map(({ ms, lateMs }) => ms - lateMs));
      if (busiest.length <= mostPerMinute && waited.length >= enoughDeaths && longestMs < waits) {
        const message = `Expected ${setting.client} to wait ${formatDuration(waits)} and more with its next ${child} after ${count(enoughDeaths, "death")} in a row; after ${count(waited.length, "death")} the longest wait was ${formatDuration(longestMs)}. See journal line ${first?.born.seq ?? 0}.`;
        return { ...rest, verdict: "fail", message };
      }
      if (busiest.length <= mostPerMinute && waitedMs < waits) {
        const message = `Whether ${setting.client} throttles the restarts of ${child} could not be judged: there were ${busiest.length} in the busiest minute, and no wait that this machine's lateness did not explain. Run it alone, or with a lower --compression.`;
        return { ...rest, verdict: "unknown", message };
      }
      if (busiest.length <= mostPerMinute) {
        const message = `${setting.client} started ${child} at most ${busiest.length} times a minute in the crash loop, from ${from}, and waited for up to ${formatDuration(waitedMs)}.`;
        return { ...rest, verdict: "pass", message };
      }
      const message = `Expected ${setting.client} to start ${child} at most ${mostPerMinute} times a minute in the crash loop; it did so ${busiest.length} times in the minute from ${from}. See journal line ${first?.born.seq ?? 0}.`;
      return { ...rest, verdict: "fail", message };
    },
  };
}

/** Backoff has grown by then. */
const enoughDeaths = 4;

const within = (lives: readonly Life[], first: Life): Life[] =>
  lives.filter(({ startedAt }) => startedAt >= first.startedAt && startedAt < first.startedAt + minutes(1));

interface Wait {
  ms: number;
  /** What the machine was late by meanwhile. */
  lateMs: number;
}

/** How long it was after each of these deaths until the next start. */
function waitsAfter(journal: JournalView, victims: readonly Life[], lives: readonly Life[]): Wait[] {
  return victims.flatMap(({ endedAt }) => {
    const toAt = lives.find(({ startedAt }) => startedAt >= endedAt)?.startedAt;
    if (toAt === undefined) return [];
    return [{ ms: toAt - endedAt, lateMs: latenessMs(journal, { fromAt: endedAt, toAt }) }];
  });
}
