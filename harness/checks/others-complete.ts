/**
 * While one symbol keeps failing, the others go on: none of their requests is cut off by the client itself. That is what
 * "Session is closed" was, concurrent fetches on a session that another task closes. Whether their values then still
 * come is another check.
 */

import { count, formatDuration, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { failed } from "./lib/repeats.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { queryOf, requestsOf, type Request } from "./lib/requests.ts";

/** A request that was given up sooner than this was not given up for its time. */
const shortestDeadlineMs = seconds(5);

export function othersComplete(options: { failing: string }): Check {
  const { failing } = options;
  return {
    name: "others-complete",
    asks: `cuts off no other symbol's request while ${failing} fails`,
    judge(journal, setting) {
      const shape = { target: 0, unit: "requests" };
      const endMs = clientEndMs(journal);
      const requests = requestsOf(journal).filter(({ receivedAt }) => receivedAt < endMs);
      const failures = requests.filter((request) => symbolOf(request) === failing && failed(request));
      const others = requests.filter((request) => ![failing, ""].includes(symbolOf(request)));
      const cut = others.filter(({ outcome, at }) => outcome === "abandoned" && at <= endMs);
      // A deadline may have run out because the answer was late, but not so soon.
      const excuseOf = (request: Request): Excuse => ({
        ...{ fromAt: request.receivedAt - shortestDeadlineMs, toAt: request.at },
        latenessMs: Math.max(lastedMs(request), shortestDeadlineMs),
      });
      const worst = leastExcused(cut, excuseOf, journal);
      if (worst !== undefined) {
        const lasted = lastedMs(worst);
        return {
          ...shape,
          verdict: "fail",
          measured: cut.length,
          message: `Expected ${setting.client} to let the requests of other symbols be while ${failing} fails; it cut off ${count(cut.length, "request")} of theirs, one for ${symbolOf(worst)} to ${worst.path} ${formatDuration(lasted)} after it had come, at ${setting.date(worst.at)}. See journal line ${worst.seq}.`,
          evidence: cut.slice(0, 5).map((request) => evidence(request, `${symbolOf(request)} ${request.path}`)),
          excuse: excuseOf(worst),
        };
      }
      const besides = failures.filter(({ at }) => others.some((other) => other.receivedAt < at && at < other.at));
      if (besides.length === 0) {
        const message = `Whether ${setting.client} keeps failures apart could not be judged: none of ${count(failures.length, "failure")} of ${failing} came while another symbol's request was under way.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const symbols = new Set(others.map(symbolOf)).size;
      const message = `${setting.client} completed ${count(others.length, "request")} of ${count(symbols, "other symbol")}; ${besides.length} times one was under way when ${failing} failed.`;
      return {
        ...shape,
        verdict: "pass",
        measured: 0,
        message,
        evidence: besides.slice(0, 1).map((request) => evidence(request, `${failing} failed`)),
      };
    },
  };
}

const symbolOf = (request: Request): string => queryOf(request).get("symbol") ?? "";
const lastedMs = ({ at, receivedAt }: Request): number => at - receivedAt;
