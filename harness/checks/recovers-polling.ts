/**
 * After the last fault is healed, everything that the client polled before the first one brings data again within a
 * time. Only polls that came at least that often before are judged: of what is asked once an hour nothing can be
 * expected in half a minute. Judged from the server's side.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Judgement, type Setting } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { gaveData, longestGapMs, pollsOf, type Poll } from "./lib/polls.ts";
import { requestText, type Request } from "./lib/requests.ts";
import { crashFrom, exitText } from "./lib/running.ts";

interface Recovery {
  poll: Poll;
  back: Request | undefined;
}

export function recoversPolling(options: { within: number }): Check {
  const { within } = options;
  return {
    name: "recovers-polling",
    asks: `has data from everything it polls again within ${formatDuration(within)} of the last fault`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const unknown = (why: string): Judgement => {
        const message = `Whether ${setting.client} recovers could not be judged: ${why}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      };
      const faults = faultTimes(journal);
      const healedAt = Math.max(...faults.map((fault) => fault.healedAt));
      const armedAt = Math.min(...faults.map((fault) => fault.armedAt));
      const endMs = clientEndMs(journal);
      const recoveries = regularPolls(journal, armedAt, within).map((poll) => recovery(poll, healedAt, endMs));
      if (faults.length === 0) return unknown("no fault met it");
      if (recoveries.length === 0) {
        return unknown(`before the first fault it polled nothing at least every ${formatDuration(within)}`);
      }

      const { poll, back } = recoveries.reduce(later);
      const healed = `the last fault was healed at ${setting.date(healedAt)}`;
      if (back === undefined) {
        const crash = crashFrom(journal, armedAt);
        if (crash === undefined && endMs - healedAt < within) {
          return unknown(`it was stopped ${formatDuration(endMs - healedAt)} after ${healed}`);
        }
        const still = recoveries.filter((one) => one.back === undefined).length;
        const seen = `${count(still, "poll")} of ${recoveries.length} had none by ${setting.date(endMs)}`;
        return {
          ...shape,
          verdict: "fail",
          measured: null,
          message: `Expected ${setting.client} to have data from all it polls within ${formatDuration(within)} after ${healed}; ${seen}, ${poll.name} for one. ${crash === undefined ? lastWords(poll, setting) : `It ${exitText(crash, setting)}. See journal line ${crash.seq}.`}`,
          evidence: poll.requests.slice(-1).map((last) => evidence(last, requestText(last))),
          // How late it is cannot be said; a machine that was late half of the time explains it.
          ...(crash === undefined ? { excuse: { fromAt: healedAt, toAt: endMs, latenessMs: within / 2 } } : {}),
        };
      }
      const tookMs = Math.round(back.at - healedAt);
      const proof = [evidence(back, `${poll.name} brought data again`)];
      if (tookMs <= within) {
        const message = `${setting.client} had data from all ${count(recoveries.length, "poll")} again ${formatDuration(tookMs)} after ${healed}.`;
        return { ...shape, verdict: "pass", measured: tookMs, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: tookMs,
        message: `Expected ${setting.client} to have data from all it polls within ${formatDuration(within)} after ${healed}; ${poll.name} took ${formatDuration(tookMs)}. See journal line ${back.seq}.`,
        evidence: proof,
        excuse: { fromAt: healedAt, toAt: back.at, latenessMs: tookMs - within },
      };
    },
  };
}

const later = (a: Recovery, b: Recovery): Recovery => ((b.back?.at ?? Infinity) > (a.back?.at ?? Infinity) ? b : a);

const regularPolls = (journal: JournalView, armedAt: number, within: number): Poll[] =>
  pollsOf(journal).filter((poll) => {
    const hadData = poll.requests.some((request) => request.at <= armedAt && gaveData(request));
    return hadData && (longestGapMs(poll, armedAt) ?? Infinity) <= within;
  });

const recovery = (poll: Poll, healedAt: number, endMs: number): Recovery => ({
  poll,
  back: poll.requests.find((request) => request.at >= healedAt && request.at <= endMs && gaveData(request)),
});

function lastWords({ requests }: Poll, setting: Setting): string {
  const last = requests.at(-1);
  return last === undefined
    ? ""
    : `It was last asked at ${setting.date(last.receivedAt)}. See journal line ${last.seq}.`;
}
