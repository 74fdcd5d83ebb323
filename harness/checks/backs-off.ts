/**
 * While dials fail, they come ever less often: by the end of a long outage the gap has grown to a time, and the gaps are
 * not all alike, or a fleet would come back in step. Which stream a failed dial was for cannot be seen, so of a client
 * that lost n streams every n-th dial is compared. Judged from the server's side; the longest outage counts.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { attemptsOf, type Attempt } from "./lib/attempts.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamLives } from "./lib/stream-lives.ts";

export interface BacksOffOptions {
  /** What a gap has to grow to. */
  to: number;
  /** How much gaps that have grown have to differ from each other, in percent. */
  jitter: number;
  endpoint?: string;
}

/** Failed dials with no stream opened in between. */
interface Outage {
  dials: Attempt[];
  /** Between dials of one stream. */
  gaps: number[];
}

/** Fewer tell nothing of growth; so many at the end have to be long. */
const enoughGaps = 6;
const lastGaps = 4;
/** A gap of at least this share of the last ones is no step on the way up, where gaps double. */
const grownShare = 0.7;
const enoughToLeaveOneOut = 2;

export function backsOff({ to, jitter, endpoint = "exchange-public" }: BacksOffOptions): Check {
  return {
    name: "backs-off",
    asks: `dials ever less often, up to ${formatDuration(to)} apart, and not in step`,
    judge(journal, setting) {
      const shape = { target: to, unit: "ms" };
      const outage = outagesOf(journal, endpoint).toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
      const [first] = outage?.dials ?? [];
      if (outage === undefined || first === undefined || outage.gaps.length < enoughGaps) {
        const message = `Whether ${setting.client} backs off could not be judged: too few dials in a row failed on ${endpoint}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const last = outage.gaps.slice(-lastGaps);
      const grown = median(last);
      const spread = spreadOf(outage.gaps, grown);
      const proof = [evidence(first.event, "the first dial that failed")];
      const seen = `${count(outage.dials.length, "dial")} in ${formatDuration(lengthOf(outage))} from ${setting.date(first.at)}, the last ones ${formatDuration(grown)} apart, which differed by ${spread} %`;
      if (grown >= to && spread >= jitter) {
        const message = `${setting.client} backed off: ${seen}.`;
        return { ...shape, verdict: "pass", measured: Math.round(grown), message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: Math.round(grown),
        message: `Expected ${setting.client} to dial less and less often while it is refused, up to ${formatDuration(to)} apart and differing by ${jitter} % or more; it made ${seen}. See journal line ${first.event.seq}.`,
        evidence: proof,
      };
    },
  };
}

const lengthOf = ({ dials }: Outage): number => (dials.at(-1)?.at ?? 0) - (dials[0]?.at ?? 0);

function outagesOf(journal: JournalView, endpoint: string): Outage[] {
  const endMs = clientEndMs(journal);
  const lives = streamLives(journal, endpoint);
  const outages: Attempt[][] = [[]];
  for (const attempt of attemptsOf(journal, endpoint)) {
    if (attempt.at > endMs) break;
    if (attempt.failed) outages.at(-1)?.push(attempt);
    else outages.push([]);
  }
  return outages.map((dials) => {
    const from = dials[0]?.at ?? 0;
    // Streams that ended less than a moment ago are what the dials are for.
    const streams = Math.max(1, lives.filter(({ closed }) => closed !== undefined && closed.at <= from && from - closed.at < recentMs).length); // prettier-ignore
    const gaps = dials.slice(streams).map(({ at }, n) => at - (dials[n]?.at ?? at));
    return { dials, gaps };
  });
}

const recentMs = 5_000;

/**
 * By how much of the longest the shortest of those that have grown is shorter, in percent. The very longest is left out:
 * one dial that a busy machine made late is no jitter of the client, nor does it hide it.
 */
function spreadOf(gaps: readonly number[], grown: number): number {
  const compared = gaps.filter((gap) => gap >= grown * grownShare).toSorted((a, b) => a - b);
  if (compared.length > enoughToLeaveOneOut) compared.pop();
  const [shortest = 0] = compared;
  return Math.round((1 - shortest / (compared.at(-1) ?? shortest)) * 100);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
