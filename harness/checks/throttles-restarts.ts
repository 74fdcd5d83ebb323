/**
 * A runner that dies again and again is not started again and again at full speed. Counted in the busiest minute of a
 * crash loop; a machine that is late only makes it fewer.
 */

import { minutes } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { killings, livesOf, type Life } from "./lib/runners.ts";

export function throttlesRestarts({ child, mostPerMinute }: { child: string; mostPerMinute: number }): Check {
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
      if (busiest.length <= mostPerMinute) {
        const message = `${setting.client} started ${child} at most ${busiest.length} times a minute in the crash loop, from ${from}.`;
        return { ...rest, verdict: "pass", message };
      }
      const message = `Expected ${setting.client} to start ${child} at most ${mostPerMinute} times a minute in the crash loop; it did so ${busiest.length} times in the minute from ${from}. See journal line ${first?.born.seq ?? 0}.`;
      return { ...rest, verdict: "fail", message };
    },
  };
}

const within = (lives: readonly Life[], first: Life): Life[] =>
  lives.filter(({ startedAt }) => startedAt >= first.startedAt && startedAt < first.startedAt + minutes(1));
