/**
 * Equal warnings come at most once a minute: hundreds an hour make a log that nobody can read when it counts. Equal are
 * lines that differ in numbers and dates only. Judged from what the client printed; one that prints nothing shows
 * nothing.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import { count, minutes } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { faultTimes } from "./lib/fault-times.ts";

const allowed = 1;

export function warnsOnceAMinute(): Check {
  return {
    name: "warns-once-a-minute",
    asks: "prints equal lines at most once a minute",
    judge(journal, setting) {
      const shape = { target: allowed, unit: "equal lines a minute" };
      const said = journal.all("client.said");
      if (said.length === 0) {
        const message = `How often ${setting.client} repeats itself could not be observed: it printed nothing to stdout or stderr.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const faults = faultTimes(journal);
      if (faults.length === 0) {
        const message = `How often ${setting.client} repeats itself could not be judged: no fault gave it a reason.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const untold = said.find(({ line }) => line === null);
      const worst = said.reduce(more);
      const proof = [evidence(worst, textOf(worst))];
      if (worst.line !== null && worst.times > allowed) {
        const repeated = new Set(said.filter(({ times }) => times > allowed).map(({ line }) => line)).size;
        return {
          ...shape,
          verdict: "fail",
          measured: worst.times,
          message: `Expected ${setting.client} to print equal lines at most once a minute; it repeated ${count(repeated, "line")}, ${textOf(worst)} ${worst.times} times in the minute from ${setting.date(worst.at - worst.agoMs)}. See client.log and journal line ${worst.seq}.`,
          evidence: proof,
          // Read late the first time and in time the next, lines a minute apart look closer.
          excuse: {
            fromAt: worst.at - worst.agoMs - minutes(1),
            toAt: worst.at,
            latenessMs: (worst.times - 1) * minutes(1) - worst.spanMs,
          },
        };
      }
      if (untold !== undefined) {
        const message = `How often ${setting.client} repeats itself could not be judged: it printed ${count(untold.times, "line")} more in a minute than can be told apart. See client.log.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [evidence(untold, "many lines")] };
      }
      const message = `${setting.client} printed ${count(said.length, "line")}, none twice in a minute.`;
      return { ...shape, verdict: "pass", measured: worst.times, message, evidence: proof };
    },
  };
}

type Said = JournalEvent<"client.said">;

/** What could not be told apart says nothing of how often one line came. */
const more = (a: Said, b: Said): Said => (b.line !== null && (a.line === null || b.times > a.times) ? b : a);

const textOf = ({ line }: Said): string => `"${line ?? "…"}"`;
