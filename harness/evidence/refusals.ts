/** The 10006 replies of the exchange, and until when each one closed its endpoint. */

import type { JournalView } from "../../core/journal/view.ts";
import { seconds } from "../../core/units.ts";
import { requestsOf, type Request } from "./requests.ts";

export const tooManyVisits = 10006;

/** How long a client waits that is given no time, or one that is past. */
const defaultWaitMs = seconds(1);

export interface Refusal {
  request: Request;
  /** Incident ms until which nothing may be sent to the endpoint. */
  untilMs: number;
  /** What the reply named. */
  named: "a reset" | "no reset" | "a reset that was past";
}

export const refusalsOf = (journal: JournalView): Refusal[] =>
  requestsOf(journal)
    .filter(({ retCode }) => retCode === tooManyVisits)
    .map((request) => {
      const { at, resetAt } = request;
      const ahead = resetAt !== null && resetAt > at;
      const named = ahead ? "a reset" : resetAt === null ? "no reset" : "a reset that was past";
      return { request, untilMs: ahead ? resetAt : at + defaultWaitMs, named };
    });
