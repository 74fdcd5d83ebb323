/**
 * While dials fail, they come ever less often: by the end of a long outage the gap has grown to a time, and the gaps are
 * not all alike, or a fleet would come back in step. Which stream a failed dial was for cannot be seen, so of a client
 * that lost n streams every n-th dial is compared. Judged from the server's side; the longest outage counts.
 */

import { count, formatDuration, seconds } from "../../../core/units.ts";
import type { Attempt } from "../../evidence/dials.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { atLeast } from "../../verdicts/figure.ts";

export interface BacksOffOptions extends EndpointOption {
  /** What a gap has to grow to. */
  to: number;
  /** How much gaps that have grown have to differ from each other, in percent. */
  jitter: number;
}

/** Fewer say nothing of growth; so many at the end have to be long. */
const enoughGaps = 6;
const lastGaps = 4;
/** A gap of at least this share of the last ones is no step on the way up, where gaps double. */
const grownShare = 0.7;
const recentMs = seconds(5);

export const backsOff = atLeast<BacksOffOptions>("backs-off", {
  asks: ({ to }) => `dials ever less often, up to ${formatDuration(to)} apart, and not in step`,
  unit: "ms",
  limit: ({ to }) => to,
  todo: ({ to, jitter }) =>
    `dial less and less often while it is refused, up to ${formatDuration(to)} apart and differing by ${jitter} % or more`,
  unjudged: "too few of its dials in a row failed",
  cases(evidence, { jitter, endpoint = "exchange-public" }) {
    const { dials, gaps } = longestOutage(evidence, endpoint);
    const [first] = dials;
    if (first === undefined || gaps.length < enoughGaps) return [];
    const grown = median(gaps.slice(-lastGaps));
    const { shortest, longest } = grownGaps(gaps, grown);
    const spread = Math.round((1 - shortest / longest) * 100);
    const seen = `it made ${count(dials.length, "dial")} in ${formatDuration(lengthOf(dials))} from ${evidence.date(first.at)}, the last ones ${formatDuration(grown)} apart, which differed by ${spread} %`;
    const common = { event: first.event, what: "the first dial that failed", at: first.at, seen, excuse: null };
    const inStep = { ...common, value: longest - shortest, least: (longest * jitter) / 100 };
    return [{ ...common, value: grown }, ...(spread < jitter ? [inStep] : [])];
  },
});

const lengthOf = (dials: readonly Attempt[]): number => (dials.at(-1)?.at ?? 0) - (dials[0]?.at ?? 0);

/** The failed dials with no stream opened in between, and the gaps between those of one stream. */
function longestOutage(evidence: Evidence, endpoint: string): { dials: Attempt[]; gaps: number[] } {
  const outages: Attempt[][] = [[]];
  for (const attempt of evidence.attempts(endpoint)) {
    if (attempt.at > evidence.endMs()) break;
    if (attempt.failed) outages.at(-1)?.push(attempt);
    else outages.push([]);
  }
  const dials = outages.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0] ?? [];
  const from = dials[0]?.at ?? 0;
  // Streams that ended less than a moment ago are what the dials are for.
  const recent = evidence
    .streams(endpoint)
    .filter(({ closed }) => closed !== undefined && closed.at <= from && from - closed.at < recentMs);
  const gaps = dials.slice(Math.max(1, recent.length)).map(({ at }, n) => at - (dials[n]?.at ?? at));
  return { dials, gaps };
}

/**
 * Of those that have grown. The very longest is left out: one dial that a busy machine made late is no jitter of the
 * client, nor does it hide it.
 */
function grownGaps(gaps: readonly number[], grown: number): { shortest: number; longest: number } {
  const compared = gaps.filter((gap) => gap >= grown * grownShare).toSorted((a, b) => a - b);
  if (compared.length > 2) compared.pop();
  return { shortest: compared[0] ?? 0, longest: compared.at(-1) ?? 1 };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
