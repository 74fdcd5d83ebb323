/**
 * After a 10002 (the timestamp was outside the window) the client asks the exchange for its time, and the second signed
 * request from then on is right at the latest. What was signed before it knew is not counted. Judged from the server's
 * side.
 */

import { count, formatDuration, seconds } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { asksTime, type Request } from "../../evidence/requests.ts";
import { atMost } from "../../verdicts/figure.ts";
import { notShown } from "../../verdicts/needs.ts";

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

export const correctsClock = atMost<object>("corrects-clock", {
  asks: "asks for the exchange's time after a 10002 and signs correctly by the second request",
  unit: "signed requests",
  limit: () => rightAtLatest,
  needs: (evidence) => {
    const signed = evidence.requests().filter(({ signedAheadMs }) => signedAheadMs !== null);
    const isRight = signed.length > 0 && signed.every(({ retCode }) => retCode !== outsideWindow);
    return isRight ? notShown("its timestamps were right all the time") : undefined;
  },
  todo: "ask for the exchange's time after a 10002 and sign correctly by the second request",
  unjudged: "none of its timestamps was refused with 10002, or it was stopped right after",
  cases: (evidence) =>
    episodesOf(evidence).flatMap(({ refused, asked, signed, right }) => {
      const tooMany = right === undefined && signed.length >= rightAtLatest;
      const unasked = asked === undefined && (right !== undefined || evidence.endMs() - refused.at > askWithinMs);
      if (right === undefined && !tooMany && !unasked) return [];
      const aheadMs = refused.signedAheadMs ?? 0;
      const off = `${formatDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead" : "behind"}`;
      const ask =
        asked === undefined ? "it never asked" : `it asked ${formatDuration(asked.receivedAt - refused.at)} later`;
      const still = right === undefined ? "none was right" : `the first right one was number ${signed.length}`;
      const seen = `after the 10002 of ${evidence.date(refused.at)} (signed ${off}) ${ask}, and of ${count(signed.length, "signed request")} ${still}`;
      const value = unasked || right === undefined ? Infinity : signed.length;
      return [{ event: refused, what: `10002, signed ${off}`, at: refused.at, value, seen }];
    }),
});

function episodesOf(evidence: Evidence): Episode[] {
  const requests = evidence.requests();
  const episodes: Episode[] = [];
  for (const refused of requests.filter(({ retCode }) => retCode === outsideWindow)) {
    const last = episodes.at(-1);
    const open = last !== undefined && (last.right === undefined || refused.receivedAt <= last.right.receivedAt);
    if (open) continue;
    const later = requests.filter(({ receivedAt }) => receivedAt > refused.receivedAt);
    const asked = later.find(asksTime);
    // Signed before it could know better: until it has the time, or a while after the refusal where it never asks.
    const knewAt = asked?.at ?? refused.at + evidence.tolerances.onItsWayMs;
    const signed = later.filter(({ receivedAt, signedAheadMs }) => signedAheadMs !== null && receivedAt > knewAt);
    const rightIndex = signed.findIndex(({ retCode }) => retCode !== null && retCode !== outsideWindow);
    const upTo = rightIndex === -1 ? signed.length : rightIndex + 1;
    episodes.push({ refused, asked, signed: signed.slice(0, upTo), right: signed[rightIndex] });
  }
  return episodes;
}
