/**
 * What a client has not dealt with yet is bounded: while far more comes in than usual (the action `burst`) its process
 * does not take ever more memory, as it does where a queue keeps everything that waits. Judged from outside, by what the
 * kernel says of its process. A backlog that is smaller than what a runtime takes and gives back of itself is not seen.
 */

import { count } from "../../../core/units.ts";
import { enoughSamples, leastMib, mib } from "../../evidence/memory.ts";
import { lineOf, type EndpointOption } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";
import { memorySamples } from "../../verdicts/needs.ts";

export interface BoundsBacklogOptions extends EndpointOption {
  growthBytes: number;
}

export const boundsBacklog = atMost<BoundsBacklogOptions>("bounds-backlog", {
  asks: ({ growthBytes }) => `holds at most ${growthBytes / mib} MiB more while messages pour in`,
  needs: memorySamples,
  unit: "MiB",
  limit: ({ growthBytes }) => growthBytes / mib,
  todo: ({ growthBytes }) => `hold at most ${growthBytes / mib} MiB more while messages pour in`,
  unjudged: "there was no burst",
  cases(evidence, { endpoint = "exchange-public" }) {
    const bursts = evidence.hits(endpoint, "burst");
    const fromMs = Math.min(...bursts.map(({ at }) => at));
    const untilMs = Math.max(...bursts.map(({ healedAt }) => healedAt));
    const before = evidence
      .memory()
      .filter(({ at }) => at < fromMs)
      .slice(-enoughSamples);
    const during = evidence.memory().filter(({ at }) => at >= fromMs && at <= untilMs);
    const [event] = before;
    if (event === undefined || during.length < enoughSamples) {
      return `its memory was sampled ${count(before.length, "time")} before a burst and ${count(during.length, "time")} in one`;
    }
    const beforeMib = leastMib(before);
    return during.slice(enoughSamples - 1).map((last, n) => {
      const heldMib = leastMib(during.slice(n, n + enoughSamples));
      const seen = `it went from ${beforeMib} MiB before the burst to ${heldMib} MiB at ${evidence.date(last.at)}`;
      const more = [lineOf(last, "in the burst")];
      return { event, what: "before the burst", at: event.at, value: heldMib - beforeMib, seen, more };
    });
  },
});
