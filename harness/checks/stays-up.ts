/** Whatever happens, the client does not end by itself: a program that is gone recovers nothing. */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { faultTimes } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";

export function staysUp(): Check {
  return {
    name: "stays-up",
    asks: "does not end by itself, whatever happens",
    judge(journal, setting) {
      const shape = { target: 0, unit: "exits" };
      const crash = crashFrom(journal, -Infinity);
      if (crash !== undefined) {
        return {
          ...shape,
          verdict: "fail",
          measured: 1,
          message: `Expected ${setting.client} to go on running; it ${exitText(crash, setting)}. See the end of client.log and journal line ${crash.seq}.`,
          evidence: [evidence(crash, exitText(crash, setting))],
        };
      }
      const faults = faultTimes(journal);
      if (faults.length === 0 || journal.first("client.started") === undefined) {
        const message = `Whether ${setting.client} stays up could not be judged: no fault met it while it ran.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const message = `${setting.client} ran on through ${count(faults.length, "fault")}.`;
      return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
    },
  };
}
