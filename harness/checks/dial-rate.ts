/**
 * How often a client dials: the exchange counts new connections by address in five minutes and refuses whoever comes near
 * its limit as a whole. Every dial counts, failed or not. Judged from the server's side.
 */

import { count, minutes } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { attemptsOf } from "./lib/attempts.ts";

export interface DialRateOptions {
  /** In any five minutes. */
  atMost: number;
  endpoint?: string;
}

const windowMs = minutes(5);

export function dialRate({ atMost, endpoint = "exchange-public" }: DialRateOptions): Check {
  return {
    name: "dial-rate",
    asks: `dials at most ${atMost} times in any 5 min`,
    judge(journal, setting) {
      const shape = { target: atMost, unit: "dials" };
      const attempts = attemptsOf(journal, endpoint);
      let [from, most] = [0, 0];
      let until = attempts[0];
      for (const [n, attempt] of attempts.entries()) {
        while (attempt.at - (attempts[from]?.at ?? 0) >= windowMs) from += 1;
        if (n - from + 1 <= most) continue;
        most = n - from + 1;
        until = attempt;
      }
      if (until === undefined || attempts.every(({ failed }) => !failed)) {
        const message = `How often ${setting.client} dials could not be judged: no dial of its to ${endpoint} failed.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const proof = [evidence(until.event, "the last dial of those five minutes")];
      const seen = `${count(most, "dial")} in the 5 min up to ${setting.date(until.at)}`;
      if (most <= atMost) {
        const message = `${setting.client} made at most ${seen}.`;
        return { ...shape, verdict: "pass", measured: most, message, evidence: proof };
      }
      const message = `Expected ${setting.client} to dial ${endpoint} at most ${atMost} times in any 5 min; it made ${seen}. See journal line ${until.event.seq}.`;
      return { ...shape, verdict: "fail", measured: most, message, evidence: proof };
    },
  };
}
