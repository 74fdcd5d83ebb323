/**
 * After a 10002 (the timestamp was outside the window) the client asks the exchange for its time, and the second signed
 * request from then on is right at the latest. What was signed before it knew is not counted. Judged from the server's
 * side.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { timePath } from "./lib/polls.ts";
import { onItsWayMs } from "./lib/refusals.ts";
import { requestsOf, requestText, type Request } from "./lib/requests.ts";

const outsideWindow = 10002;
const rightAtLatest = 2;
/** A clock that is asked for is asked for soon. */
const askWithinMs = seconds(10);

/** From a 10002 on that came out of the blue, until the client is right again. */
interface Episode {
  refused: Request;
  asked: Request | undefined;
  /** Signed requests from then on, up to the first right one. */
  signed: Request[];
  right: Request | undefined;
}

export function correctsClock(): Check {
  return {
    name: "corrects-clock",
    asks: "asks for the exchange's time after a 10002 and signs right by the second request",
    judge(journal, setting) {
      const shape = { target: rightAtLatest, unit: "signed requests" };
      const episodes = episodesOf(journal, onItsWayMs(setting.compression));
      if (episodes.length === 0) {
        const message = `The exchange never refused a timestamp of ${setting.client} with 10002.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const endMs = clientEndMs(journal);
      const wrong = episodes.find(isWrong(endMs));
      if (wrong !== undefined) {
        const { refused, asked, signed, right } = wrong;
        const never =
          asked === undefined ? "it never asked" : `it asked ${formatDuration(asked.receivedAt - refused.at)} later`;
        const still = right === undefined ? "none of them was" : `the first right one was number ${signed.length}`;
        return {
          ...shape,
          verdict: "fail",
          measured: right === undefined ? null : signed.length,
          message: `Expected ${setting.client} to ask for the exchange's time and to sign right by the second request after the 10002 of ${setting.date(refused.at)} (${offText(refused)}); ${never}, and of ${count(signed.length, "signed request")} ${still}. See journal line ${refused.seq}.`,
          evidence: [refused, ...signed.slice(0, 3)].map((one) =>
            evidence(one, `${requestText(one)}: ${one.retCode ?? "no answer"}`),
          ),
        };
      }
      const judged = episodes.filter(({ right }) => right !== undefined);
      if (judged.length === 0) {
        const message = `Whether ${setting.client} corrects its clock could not be judged: after a 10002 it signed too few requests before it was stopped.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const measured = Math.max(...judged.map(({ signed }) => signed.length));
      const message = `${setting.client} asked for the time after ${count(judged.length, "10002", "10002s")} and signed right by request ${measured}.`;
      const proof = judged.map(({ refused }) => evidence(refused, `10002, ${offText(refused)}`));
      return { ...shape, verdict: "pass", measured, message, evidence: proof };
    },
  };
}

/** Wrong for certain: too many wrong signatures, or right ones by chance, or the time not asked for. */
const isWrong =
  (endMs: number) =>
  ({ refused, asked, signed, right }: Episode): boolean => {
    const tooMany = signed.length > rightAtLatest || (right === undefined && signed.length === rightAtLatest);
    const unasked = asked === undefined && (right !== undefined || endMs - refused.at > askWithinMs);
    return tooMany || unasked;
  };

function episodesOf(journal: JournalView, graceMs: number): Episode[] {
  const requests = requestsOf(journal);
  const episodes: Episode[] = [];
  for (const refused of requests.filter(({ retCode }) => retCode === outsideWindow)) {
    const last = episodes.at(-1);
    const open = last !== undefined && (last.right === undefined || refused.receivedAt <= last.right.receivedAt);
    if (open) continue;
    const later = requests.filter(({ receivedAt }) => receivedAt > refused.receivedAt);
    const asked = later.find(({ path }) => timePath.test(path));
    // Signed before it could know better: until it has the time, or a while after the refusal where it never asks.
    const knewAt = asked?.at ?? refused.at + graceMs;
    const signed = later.filter(({ receivedAt, signedAheadMs }) => signedAheadMs !== null && receivedAt > knewAt);
    const rightIndex = signed.findIndex(({ retCode }) => retCode !== null && retCode !== outsideWindow);
    const upTo = rightIndex === -1 ? signed.length : rightIndex + 1;
    episodes.push({ refused, asked, signed: signed.slice(0, upTo), right: signed[rightIndex] });
  }
  return episodes;
}

function offText({ signedAheadMs }: Request): string {
  const aheadMs = signedAheadMs ?? 0;
  return `signed ${formatDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead" : "behind"}`;
}
