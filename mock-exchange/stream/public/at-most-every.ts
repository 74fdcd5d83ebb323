/** A topic at a pace of its own: steps of the market that come sooner after the last one it looked at are passed over. */

import type { Topic } from "./topic.ts";

/** @param fromMs Until when the market had come as the topic was opened. */
export function atMostEvery(pushMs: number, fromMs: number, topic: Topic): Topic {
  let lookedMs = fromMs;
  return {
    greeting: () => topic.greeting(),
    step: (made) => {
      if (made.untilMs - lookedMs < pushMs) return [];
      lookedMs = made.untilMs;
      return topic.step(made);
    },
  };
}
