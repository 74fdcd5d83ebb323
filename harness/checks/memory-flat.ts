/**
 * The client's memory does not grow with the troubles it goes through. Judged from outside, by what the kernel says of
 * its process: the least that it held in a while before the first trouble, against the least in the end. A while is a
 * tenth of the time on that side: over a long day a runtime lets garbage lie for longer.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { troubles } from "./lib/fault-times.ts";
import { enoughSamples, leastMib, memorySamples, mib, type MemorySample } from "./lib/resident-memory.ts";

export function memoryFlat({ growthBytes }: { growthBytes: number }): Check {
  return {
    name: "memory-flat",
    asks: `grows by at most ${growthBytes / mib} MiB over all its troubles`,
    judge(journal, setting) {
      const shape = { target: growthBytes / mib, unit: "MiB" };
      const samples = memorySamples(journal);
      const firstFaultMs = troubles(journal)[0]?.landedAt ?? Infinity;
      const before = lastOf(samples.filter(({ at }) => at < firstFaultMs));
      const after = lastOf(samples.filter(({ at }) => at >= firstFaultMs));
      const [first] = before;
      const last = after.at(-1);
      if (first === undefined || last === undefined || after.length < enoughSamples) {
        const message =
          samples.length === 0
            ? `The memory of ${setting.client} could not be seen: this system does not tell.`
            : `Whether the memory of ${setting.client} stays flat could not be judged: it was sampled ${count(before.length, "time")} before the first fault and ${count(after.length, "time")} after.`;
        const verdict = samples.length === 0 ? "not-applicable" : "unknown";
        return { ...shape, verdict, measured: null, message, evidence: [] };
      }
      const [beforeMib, afterMib] = [leastMib(before), leastMib(after)];
      const measured = afterMib - beforeMib;
      const proof = [evidence(first, "before the first fault"), evidence(last, "in the end")];
      const story = `from ${beforeMib} MiB before the first fault to ${afterMib} MiB in the end`;
      if (measured <= growthBytes / mib) {
        const message = `The memory of ${setting.client} went ${story}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to grow by at most ${growthBytes / mib} MiB; it went ${story}. See journal lines ${first.seq} and ${last.seq}.`,
        evidence: proof,
      };
    },
  };
}

const lastOf = (samples: readonly MemorySample[]): MemorySample[] =>
  samples.slice(-Math.max(enoughSamples, Math.floor(samples.length / 10)));
