/**
 * What a client has not dealt with yet is bounded: while far more comes in than usual (the action `burst`) its process
 * does not take ever more memory, as it does where a queue keeps everything that waits. Judged from outside, by what the
 * kernel says of its process. A backlog that is smaller than what a runtime takes and gives back of itself is not seen.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { enoughSamples, leastMib, memorySamples, mib } from "./lib/resident-memory.ts";
import { streamHits } from "./lib/stream-hits.ts";

export interface BoundsBacklogOptions {
  growthBytes: number;
  endpoint?: string;
}

export function boundsBacklog({ growthBytes, endpoint = "exchange-public" }: BoundsBacklogOptions): Check {
  const target = growthBytes / mib;
  return {
    name: "bounds-backlog",
    asks: `holds at most ${target} MiB more while messages pour in`,
    judge(journal, setting) {
      const shape = { target, unit: "MiB" };
      const bursts = streamHits(journal, endpoint).filter(({ action }) => action === "burst");
      const samples = memorySamples(journal);
      if (samples.length === 0) {
        const message = `The memory of ${setting.client} could not be seen: this system does not tell.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const fromMs = Math.min(...bursts.map(({ at }) => at));
      const untilMs = Math.max(...bursts.map(({ healedAt }) => healedAt));
      const before = samples.filter(({ at }) => at < fromMs).slice(-enoughSamples);
      const during = samples.filter(({ at }) => at >= fromMs && at <= untilMs);
      const [first] = before;
      const peak = during
        .slice(enoughSamples - 1)
        .map((last, n) => ({ last, heldMib: leastMib(during.slice(n, n + enoughSamples)) }))
        .toSorted((a, b) => b.heldMib - a.heldMib)[0];
      if (first === undefined || peak === undefined) {
        const message = `Whether the backlog of ${setting.client} is bounded could not be judged: its memory was sampled ${count(before.length, "time")} before a burst and ${count(during.length, "time")} in one.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const beforeMib = leastMib(before);
      const measured = peak.heldMib - beforeMib;
      const proof = [evidence(first, "before the burst"), evidence(peak.last, "the most in the burst")];
      const story = `from ${beforeMib} MiB before the burst to ${peak.heldMib} MiB at ${setting.date(peak.last.at)}`;
      if (measured <= target) {
        const message = `The memory of ${setting.client} went ${story}, and never higher in the burst.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to hold at most ${target} MiB more while messages pour in; it went ${story}. See journal lines ${first.seq} and ${peak.last.seq}.`,
        evidence: proof,
      };
    },
  };
}
