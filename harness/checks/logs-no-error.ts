/**
 * What is legal is no error: a client that is given little data does not print errors of it. Looked for is how programs
 * mark them: a level ERROR, FATAL or CRITICAL, a `TypeError:` and its like, a traceback. Judged from what the client
 * printed while the faults lasted; one that prints nothing shows nothing.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { faultTimes } from "./lib/fault-times.ts";

const marks =
  /\b(?:ERROR|FATAL|CRITICAL)\b|\b(?:[A-Z]\w*)?(?:Error|Exception)\b|\bTraceback\b|^\W*error\b|level"?[=:]\s*"?error/;

export function logsNoError(): Check {
  return {
    name: "logs-no-error",
    asks: "prints no error of what is legal",
    judge(journal, setting) {
      const shape = { target: 0, unit: "errors" };
      const all = journal.all("client.said");
      if (all.length === 0) {
        const message = `What ${setting.client} makes of it could not be observed: it printed nothing to stdout or stderr.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const faults = faultTimes(journal);
      const fromMs = Math.min(...faults.map(({ armedAt }) => armedAt));
      const errors = all.filter(({ line, at }) => at >= fromMs && line !== null && marks.test(line));
      const [first] = errors;
      if (faults.length === 0) {
        const message = `What ${setting.client} makes of it could not be judged: no fault met it.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      if (first !== undefined) {
        const times = errors.reduce((sum, one) => sum + one.times, 0);
        return {
          ...shape,
          verdict: "fail",
          measured: times,
          message: `Expected ${setting.client} to take what is legal for no error; it printed ${count(times, "error")}, the first at ${setting.date(first.at - first.agoMs)}: "${first.line ?? ""}". See client.log and journal line ${first.seq}.`,
          evidence: errors.slice(0, 3).map((one) => evidence(one, one.line ?? "")),
        };
      }
      const message = `${setting.client} printed ${count(all.length, "line")} and no error among them.`;
      return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
    },
  };
}
