/**
 * A client whose auth is refused tries again with backoff, on a fresh socket each time: counted in its busiest minute. A
 * machine that is late only makes it fewer.
 */

import { minutes } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { authLives } from "./lib/auths.ts";

export function throttlesAuth({ mostPerMinute }: { mostPerMinute: number }): Check {
  return {
    name: "throttles-auth",
    asks: `authenticates at most ${mostPerMinute} times a minute when it is refused, once a connection`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: mostPerMinute, unit: "auths/min" };
      const lives = authLives(journal);
      const proofs = lives.flatMap((life) => life.proofs).toSorted((a, b) => a.at - b.at);
      if (!proofs.some(({ success }) => !success)) {
        const message = `No auth of ${client} was refused, so there was nothing to try again.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const twice = lives.find((life) => life.proofs.length > 1);
      const busiest = proofs
        .map((first) => proofs.filter(({ at }) => at >= first.at && at < first.at + minutes(1)))
        .toSorted((a, b) => b.length - a.length)[0];
      const [first] = busiest ?? [];
      const measured = busiest?.length ?? 0;
      const proof = first === undefined ? [] : [evidence(first, `${first.connection} authenticated`)];
      const from = setting.date(first?.at ?? 0);
      if (twice !== undefined) {
        const again = twice.proofs[1];
        const message = `Expected ${client} to try again on a fresh connection when auth is refused; it did so on ${twice.opened.connection}. See journal line ${again?.seq ?? twice.opened.seq}.`;
        return { ...shape, verdict: "fail", measured, message, evidence: proof };
      }
      if (measured <= mostPerMinute) {
        const message = `${client} authenticated at most ${measured} times a minute, from ${from}, each time on a fresh connection.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const message = `Expected ${client} to authenticate at most ${mostPerMinute} times a minute when it is refused; it did so ${measured} times in the minute from ${from}. See journal line ${first?.seq ?? 0}.`;
      return { ...shape, verdict: "fail", measured, message, evidence: proof };
    },
  };
}
