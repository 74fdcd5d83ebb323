/**
 * The client is back: within a time after a fault it has and does again what it had and did when it had settled, on
 * whatever connections. To the limit its own current backoff step is added, because in that it cannot know that the fault
 * is over. Asked of every scenario that waits for it; `harness/evidence/steady/back.ts` says what counts.
 */

import "../../evidence/steady/events.ts";
import { within } from "../../verdicts/within.ts";

export const back = within<object>("back", {
  asks: "has and does again what it had and did when it had settled",
  todo: "be back",
  limit: () => 0,
  unjudged: "the scenario did not come to wait for it",
  occasions: (evidence) =>
    evidence.all("client.back").map((event) => {
      const { sinceMs, backMs, limitMs, missing, after } = event;
      const seen = missing === "" ? {} : { seen: missing };
      return { event, what: after, at: sinceMs, until: backMs ?? undefined, most: limitMs, by: Infinity, ...seen };
    }),
});
