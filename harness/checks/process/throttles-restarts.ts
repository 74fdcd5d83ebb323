/**
 * A runner that dies again and again is not started again and again at full speed: by its fourth death the client waits
 * for some time, and the busiest minute of the crash loop has few starts. A machine that is late makes waits longer and
 * starts fewer. So waits that are short all the same are the client's doing, and long ones are only a merit of its where
 * they are longer than the machine was late.
 */

import { count, formatDuration, minutes } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";
import { ownMs } from "../../verdicts/lateness.ts";
import { childProcess } from "../../verdicts/needs.ts";
import { busiest } from "../../verdicts/rate.ts";

export interface ThrottleTargets {
  child: string;
  mostPerMinute: number;
  /** A wait this long has to be seen. */
  waits: number;
}

/** Backoff has grown by then. */
const enoughDeaths = 4;

export const throttlesRestarts = atMost<ThrottleTargets>("throttles-restarts", {
  asks: ({ child, mostPerMinute }) => `starts ${child} at most ${mostPerMinute} times a minute in a crash loop`,
  needs: childProcess,
  unit: "starts/min",
  limit: ({ mostPerMinute }) => mostPerMinute,
  todo: ({ child, mostPerMinute, waits }) =>
    `start ${child} at most ${mostPerMinute} times a minute in the crash loop, and to wait ${formatDuration(waits)} and more after ${enoughDeaths} deaths in a row`,
  unjudged: ({ child }) => `no ${child} died twice in a fault`,
  cases(evidence, { child, mostPerMinute, waits }) {
    const lives = evidence.runners(child);
    const loops = evidence.killings(child).filter(({ victims }) => victims.length >= 2);
    const restarts = loops.flatMap(({ fault }) => lives.filter(({ startedAt }) => startedAt > fault.landedAt));
    const minute = busiest(restarts, ({ startedAt }) => startedAt, minutes(1));
    const [first] = minute;
    if (first === undefined) return [];
    const waited = loops
      .flatMap(({ victims }) => victims)
      .flatMap(({ endedAt: fromAt }) => {
        const toAt = lives.find(({ startedAt }) => startedAt >= fromAt)?.startedAt;
        return toAt === undefined ? [] : [{ ms: toAt - fromAt, own: ownMs(evidence.journal, { fromAt, toAt }) }];
      });
    const longestMs = Math.max(...waited.map(({ ms }) => ms));
    const from = `in the minute from ${evidence.date(first.startedAt)}`;
    const proof = { event: first.born, what: `process ${first.pid} was started`, at: first.startedAt };
    const starts = { ...proof, value: minute.length, seen: `it did so ${minute.length} times ${from}` };
    if (minute.length > mostPerMinute) return [starts];
    if (waited.length >= enoughDeaths && longestMs < waits) {
      const seen = `after ${count(waited.length, "death")} the longest wait was ${formatDuration(longestMs)}`;
      return [{ ...proof, value: minute.length, most: -1, seen }];
    }
    const ownLongestMs = Math.max(...waited.map(({ own }) => own));
    if (ownLongestMs < waits)
      return `it waited no longer than this machine was late; run it alone, or with --time leap`;
    return [
      { ...starts, seen: `at most ${minute.length} ${from}, and it waited for up to ${formatDuration(ownLongestMs)}` },
    ];
  },
});
