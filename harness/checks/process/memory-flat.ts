/**
 * The client's memory does not grow with the troubles it goes through. Judged from outside, by what the kernel says of
 * its process: the least that it held in a while before the first trouble, against the least in the end. A while is a
 * tenth of the time on that side: over a long day a runtime lets garbage lie for longer.
 */

import { count } from "../../../core/units.ts";
import { enoughSamples, leastMib, mib, type MemorySample } from "../../evidence/memory.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";
import { memorySamples } from "../../verdicts/needs.ts";

export const memoryFlat = atMost<{ growthBytes: number }>("memory-flat", {
  asks: ({ growthBytes }) => `grows by at most ${growthBytes / mib} MiB over all its troubles`,
  needs: memorySamples,
  unit: "MiB",
  limit: ({ growthBytes }) => growthBytes / mib,
  todo: ({ growthBytes }) => `grow by at most ${growthBytes / mib} MiB`,
  unjudged: "no fault met it",
  cases(evidence) {
    const firstFaultMs = evidence.troubles()[0]?.landedAt ?? Infinity;
    const before = lastOf(evidence.memory().filter(({ at }) => at < firstFaultMs));
    const after = lastOf(evidence.memory().filter(({ at }) => at >= firstFaultMs));
    const [event] = before;
    const last = after.at(-1);
    if (event === undefined || last === undefined || after.length < enoughSamples) {
      return `its memory was sampled ${count(before.length, "time")} before the first fault and ${count(after.length, "time")} after`;
    }
    const [beforeMib, afterMib] = [leastMib(before), leastMib(after)];
    const seen = `it went from ${beforeMib} MiB before the first fault to ${afterMib} MiB in the end`;
    const more = [lineOf(last, "in the end")];
    return [{ event, what: "before the first fault", at: event.at, value: afterMib - beforeMib, seen, more }];
  },
});

const lastOf = (samples: readonly MemorySample[]): MemorySample[] =>
  samples.slice(-Math.max(enoughSamples, Math.floor(samples.length / 10)));
