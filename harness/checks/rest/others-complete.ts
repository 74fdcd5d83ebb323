/**
 * While one symbol keeps failing, the others go on: none of their requests is cut off by the client itself. That is what
 * "Session is closed" was, concurrent fetches on a session that another task closes. Whether their values then still
 * come is another check.
 */

import { count, formatDuration, seconds } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { failed, lastedMs, symbolOf, type Request } from "../../evidence/requests.ts";
import { notShown } from "../../verdicts/needs.ts";
import { never } from "../../verdicts/never.ts";

/** A request that was given up sooner than this was not given up for its time. */
const shortestDeadlineMs = seconds(5);

export const othersComplete = never<{ failing: string }>("others-complete", {
  asks: ({ failing }) => `cuts off no other symbol's request while ${failing} fails`,
  needs: (evidence, { failing }) => {
    const others = othersOf(evidence, failing);
    const own = sent(evidence).filter((request) => symbolOf(request) === failing);
    const together = own.some((one) => others.some((other) => other.receivedAt < one.at && one.receivedAt < other.at));
    return together || own.length === 0 ? undefined : notShown("it never fetched two symbols at once");
  },
  unit: "requests",
  todo: ({ failing }) => `let the requests of other symbols be while ${failing} fails`,
  unjudged: ({ failing }) => `no failure of ${failing} came while another symbol's request was under way`,
  violations: (evidence, { failing }) =>
    othersOf(evidence, failing).flatMap((event) => {
      if (event.outcome !== "abandoned" || event.at > evidence.endMs()) return [];
      const ms = lastedMs(event);
      const what = `cut off one for ${symbolOf(event)} to ${event.path} ${formatDuration(ms)} after it had come,`;
      // A deadline may have run out because the answer was late, but not so soon.
      const latenessMs = Math.max(ms, shortestDeadlineMs);
      return [
        {
          event,
          what,
          at: event.at,
          excuse: { fromAt: event.receivedAt - shortestDeadlineMs, toAt: event.at, latenessMs },
        },
      ];
    }),
  looked(evidence, { failing }) {
    const others = othersOf(evidence, failing);
    const failures = sent(evidence).filter((request) => symbolOf(request) === failing && failed(request));
    const besides = failures.filter(({ at }) => others.some((other) => other.receivedAt < at && at < other.at));
    if (besides.length === 0) return undefined;
    return `it completed ${count(others.length, "request")}; ${besides.length} times one was under way when ${failing} failed`;
  },
});

const sent = (evidence: Evidence): Request[] =>
  evidence.requests().filter(({ receivedAt }) => receivedAt < evidence.endMs());

const othersOf = (evidence: Evidence, failing: string): Request[] =>
  sent(evidence).filter((request) => ![failing, ""].includes(symbolOf(request)));
