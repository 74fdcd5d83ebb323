/**
 * A topic at a pace of its own: the market is looked at once in each interval of the clock, however fine its steps are.
 * The intervals are those of the clock, not of the subscription: two exchanges with one seed push at the same times.
 */

import type { Topic } from "./topic.ts";

/** @param fromMs Until when the market had come as the topic was opened. */
export function atMostEvery(pushMs: number, fromMs: number, topic: Topic): Topic {
  const interval = (ms: number): number => Math.floor(ms / pushMs);
  let looked = interval(fromMs);
  return {
    greeting: () => topic.greeting(),
    step: (made) => {
      if (interval(made.untilMs) === looked) return [];
      looked = interval(made.untilMs);
      return topic.step(made);
    },
  };
}
