/**
 * How often a client dials: the exchange counts new connections by address in five minutes and refuses whoever comes near
 * its limit as a whole. Every dial counts, failed or not. Judged from the server's side.
 */

import { count, minutes } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";
import { busiest } from "../../verdicts/rate.ts";

export interface DialRateOptions extends EndpointOption {
  /** In any five minutes. */
  atMost: number;
}

export const dialRate = atMost<DialRateOptions>("dial-rate", {
  asks: (options) => `dials at most ${options.atMost} times in any 5 min`,
  unit: "dials",
  limit: (options) => options.atMost,
  todo: (options) => `dial at most ${options.atMost} times in any 5 min`,
  unjudged: "none of its dials failed",
  cases(evidence, { endpoint = "exchange-public" }) {
    const attempts = evidence.attempts(endpoint);
    const most = busiest(attempts, ({ at }) => at, minutes(5));
    const last = most.at(-1);
    if (last === undefined || !attempts.some(({ failed }) => failed)) return [];
    const seen = `it made ${count(most.length, "dial")} in the 5 min up to ${evidence.date(last.at)}`;
    return [{ event: last.event, what: "the last dial of those five minutes", at: last.at, value: most.length, seen }];
  },
});
