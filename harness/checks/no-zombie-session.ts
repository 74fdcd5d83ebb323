/**
 * A private connection on which the exchange did not say yes is not kept: it looks alive and nothing will ever come on it.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Judgement } from "../check.ts";
import { authLives } from "./lib/auths.ts";
import { clientEndMs } from "./lib/fault-times.ts";

export function noZombieSession({ within }: { within: number }): Check {
  return {
    name: "no-zombie-session",
    asks: `keeps no private connection for more than ${formatDuration(within)} without a successful auth`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const endMs = clientEndMs(journal);
      const kept = authLives(journal)
        .filter(({ opened }) => opened.at <= endMs)
        .map((life) => {
          const overAt = Math.min(life.ack?.at ?? Infinity, life.closed?.at ?? Infinity);
          return { ...life, overAt, keptMs: Math.min(overAt, endMs) - life.opened.at };
        })
        // Whoever was stopped in the middle of it says nothing.
        .filter(({ overAt, keptMs }) => overAt <= endMs || keptMs >= within);
      const without = kept.filter(({ ack, overAt }) => ack === undefined || ack.at > overAt);
      const worst = kept.toSorted((a, b) => b.keptMs - a.keptMs)[0];
      if (worst === undefined || without.length === 0) {
        const message = `Whether ${client} keeps a private connection without auth could not be judged: it had none whose auth failed.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { opened, keptMs, proofs } = worst;
      const measured = Math.round(keptMs);
      const proof = [evidence(opened, `${opened.connection} was opened`)];
      proof.push(
        ...proofs
          .slice(0, 1)
          .map((event) => evidence(event, `auth was answered: ${event.answered ? event.text : "not at all"}`)),
      );
      if (keptMs <= within) {
        const message = `${client} kept none of its ${count(kept.length, "private connection")} without a successful auth for more than ${formatDuration(keptMs)}; ${without.length} of them got none.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const message = `Expected ${client} to keep no private connection without a successful auth for more than ${formatDuration(within)}; it kept ${opened.connection} for ${formatDuration(keptMs)} from ${setting.date(opened.at)}. See journal line ${opened.seq}.`;
      const excuse = { fromAt: opened.at, toAt: opened.at + keptMs, latenessMs: keptMs - within };
      return { ...shape, verdict: "fail", measured, message, evidence: proof, excuse };
    },
  };
}
