/**
 * A runner that dies again and again is not started again and again at full speed. Counted in the busiest minute of a
 * crash loop. A machine that is late makes it fewer, so few are only a merit where the client can be seen to have waited
 * for longer than the machine was late.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration, minutes } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
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
      const waitedMs = Math.max(...loops.flatMap(({ victims }) => waitsAfter(journal, victims, lives)));
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

const within = (lives: readonly Life[], first: Life): Life[] =>
  lives.filter(({ startedAt }) => startedAt >= first.startedAt && startedAt < first.startedAt + minutes(1));

/** How long it was after each of these deaths until the next start, less what the machine was late by meanwhile. */
function waitsAfter(journal: JournalView, victims: readonly Life[], lives: readonly Life[]): number[] {
  const lateness = journal.all("harness.slipped", "client.starved");
  return victims.map(({ endedAt }) => {
    const next = lives.find(({ startedAt }) => startedAt >= endedAt)?.startedAt ?? endedAt;
    const late = lateness.filter(({ at }) => endedAt <= at && at <= next);
    return next - endedAt - late.reduce((sum, { incidentMs }) => sum + incidentMs, 0);
  });
}
