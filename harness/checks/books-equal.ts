/**
 * The client's order books are the exchange's: always before a fault, and from some time after it. A book that is wrong
 * and believed to be right is worse than none. It needs telemetry, because what a client thinks its book is cannot be
 * seen from outside.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { toldBooks, type ToldBook } from "./lib/told-books.ts";
import { topicHits, type TopicHit } from "./lib/topic-hits.ts";

export interface BooksEqualOptions {
  within: number;
  endpoint?: string;
}

interface Aftermath {
  hit: TopicHit;
  /** From the hit until the book was right for good; Infinity where it was not. */
  wrongMs: number;
  /** The last telling that was wrong. */
  lastWrong: ToldBook | undefined;
  chanceMs: number;
}

export function booksEqual({ within, endpoint = "exchange-public" }: BooksEqualOptions): Check {
  return {
    name: "books-equal",
    asks: `has the exchange's order books again within ${formatDuration(within)} of a fault`,
    judge(journal, setting) {
      const shape = { target: within, unit: "ms" };
      const told = toldBooks(journal);
      if (told.length === 0) {
        const message = `What ${setting.client} takes its order books for cannot be seen: it tells nothing of them (telemetry "book").`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const hits = topicHits(journal, endpoint);
      const before = told.find(({ topic, at, equal }) => equal === false && !hits.some((hit) => hit.topic === topic && hit.at <= at)); // prettier-ignore
      if (before !== undefined) {
        const message = `Expected ${setting.client} to have the exchange's book of ${before.topic}; at ${setting.date(before.at)}, before any fault had touched it, it had another one. See journal line ${before.event.seq}.`;
        return { ...shape, verdict: "fail", measured: null, message, evidence: [evidence(before.event, "a book that is not the exchange's")] }; // prettier-ignore
      }
      const after = aftermaths(journal, hits, told);
      const judged = after.filter(({ wrongMs, chanceMs }) => wrongMs !== Infinity || chanceMs >= within);
      const worst = judged.toSorted((a, b) => b.wrongMs - a.wrongMs)[0];
      if (worst === undefined) {
        const message = `Whether ${setting.client} has the exchange's books again could not be judged: no fault touched a book, or it was stopped right after.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { hit, wrongMs, lastWrong, chanceMs } = worst;
      const proof = [evidence(hit.hit, `${hit.topic} met ${hit.did}`), ...(lastWrong === undefined ? [] : [evidence(lastWrong.event, "a book that is not the exchange's")])]; // prettier-ignore
      const measured = wrongMs === Infinity ? null : Math.round(wrongMs);
      if (wrongMs <= within) {
        const equal = told.filter((one) => one.equal === true).length;
        const message = `${setting.client} had the exchange's books again after each of ${count(judged.length, "fault")}, at the latest after ${formatDuration(wrongMs)}; ${count(equal, "book")} of its were compared and equal.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const seen =
        lastWrong === undefined
          ? `it had none in the ${formatDuration(chanceMs)} after`
          : `it had a wrong one until ${setting.date(lastWrong.at)}, ${formatDuration(lastWrong.at - hit.at)} later`;
      const where = lastWrong?.event.seq ?? hit.hit.seq;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to have the exchange's book of ${hit.topic} again within ${formatDuration(within)} of a ${hit.did} at ${setting.date(hit.at)}; ${seen}. See journal line ${where}.`,
        evidence: proof,
        ...(measured === null ? {} : { excuse: { fromAt: hit.at, toAt: hit.at + measured, latenessMs: measured - within } }), // prettier-ignore
      };
    },
  };
}

function aftermaths(journal: JournalView, hits: readonly TopicHit[], told: readonly ToldBook[]): Aftermath[] {
  const endMs = clientEndMs(journal);
  return hits.map((hit) => {
    const nextAt = Math.min(endMs, ...hits.filter((one) => one.topic === hit.topic && one.at > hit.at).map(({ at }) => at)); // prettier-ignore
    const tellings = told.filter(({ topic, at }) => topic === hit.topic && at > hit.at && at <= nextAt);
    const lastWrong = tellings.findLast(({ equal }) => equal === false);
    const right = tellings.find(({ equal, at }) => equal === true && at > (lastWrong?.at ?? 0));
    return { hit, lastWrong, wrongMs: (right?.at ?? Infinity) - hit.at, chanceMs: nextAt - hit.at };
  });
}
