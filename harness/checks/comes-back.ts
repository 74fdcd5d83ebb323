/**
 * When a fault is over, the client has all its topics again within a time, however long the fault was and whatever the
 * client did meanwhile. It is measured from the heal, because before it nobody could have come back. Only faults that
 * took topics away are looked at. Judged from the server's side.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { type Check } from "../check.ts";
import { clientEndMs, faultTimes, type FaultTimes } from "./lib/fault-times.ts";
import { crashFrom, exitText } from "./lib/running.ts";
import { heldFrom, topicSpans, wasMissing, type TopicSpans } from "./lib/topic-spans.ts";

export interface ComesBackOptions {
  within: number;
  endpoint?: string;
}

interface Return {
  fault: FaultTimes;
  topics: { name: string; afterMs: number }[];
  /** The slowest topic; Infinity where one was not back before the next fault or the end. */
  worstMs: number;
  chanceMs: number;
}

export function comesBack({ within, endpoint = "exchange-public" }: ComesBackOptions): Check {
  return {
    name: "comes-back",
    asks: `has all topics again within ${formatDuration(within)} of the end of a fault`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const crash = crashFrom(journal, 0);
      const returns = returnsOf(journal, endpoint);
      const judged = returns.filter(
        ({ worstMs, chanceMs }) => worstMs !== Infinity || chanceMs >= within || crash !== undefined,
      );
      const worst = judged.toSorted((a, b) => b.worstMs - a.worstMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} comes back could not be judged: no fault took a topic of ${endpoint} from it, or there was no time after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { fault, topics, worstMs, chanceMs } = worst;
      const measured = worstMs === Infinity ? null : Math.round(worstMs);
      const proof = [{ seq: fault.proof, at: fault.landedAt, what: `${fault.what} hit` }];
      if (worstMs <= within) {
        const message = `${setting.client} had all its topics again after each of ${count(judged.length, "fault")}, at the latest ${formatDuration(worstMs)} after the end of one.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const late = topics.filter(({ afterMs }) => afterMs > within);
      const what = `${count(late.length, "topic")} of ${topics.length} (${late.slice(0, 3).map(({ name }) => name).join(", ")}${late.length > 3 ? " …" : ""})`; // prettier-ignore
      const ended = crash === undefined ? "" : `; it ${exitText(crash, setting)}`;
      const seen = measured === null ? `${what} had not come back ${formatDuration(chanceMs)} later${ended}` : `${what} took up to ${formatDuration(measured)}`; // prettier-ignore
      // Where it never came, a late machine may have left it less time than it needed; but not where it was gone.
      const hadMs = measured ?? chanceMs;
      const excuse = measured === null && crash !== undefined ? {} : { excuse: { fromAt: fault.healedAt, toAt: fault.healedAt + hadMs, latenessMs: hadMs - within } }; // prettier-ignore
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to have all its topics within ${formatDuration(within)} after ${fault.what} was over at ${setting.date(fault.healedAt)}; ${seen}. The fault is journal line ${fault.proof}.`,
        evidence: proof,
        ...excuse,
      };
    },
  };
}

function returnsOf(journal: JournalView, endpoint: string): Return[] {
  const endMs = clientEndMs(journal);
  const topics = topicSpans(journal, endpoint);
  const faults = faultTimes(journal).filter((fault) => fault.endpoint === endpoint);
  return faults.flatMap((fault) => {
    const lost = topics.filter((topic) => everHad(topic, fault.armedAt) && wasMissing(topic, fault.armedAt, fault.healedAt)); // prettier-ignore
    if (lost.length === 0 || fault.healedAt > endMs) return [];
    const nextAt = Math.min(endMs, ...faults.map(({ armedAt }) => armedAt).filter((at) => at > fault.healedAt));
    const back = lost.map((topic) => {
      const at = heldFrom(topic, fault.healedAt) ?? Infinity;
      return { name: topic.topic, afterMs: at > nextAt ? Infinity : at - fault.healedAt };
    });
    const worstMs = Math.max(...back.map(({ afterMs }) => afterMs));
    return [{ fault, topics: back, worstMs, chanceMs: nextAt - fault.healedAt }];
  });
}

/** It had been the client's before the fault came. */
const everHad = ({ spans }: TopicSpans, byMs: number): boolean => spans.some(({ fromAt }) => fromAt <= byMs);
