/**
 * A client whose auth is refused tries again with backoff, on a fresh socket each time: counted in its busiest minute. A
 * machine that is late only makes it fewer.
 */

import { minutes } from "../../../core/units.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";
import { busiest } from "../../verdicts/rate.ts";

export const throttlesAuth = atMost<{ mostPerMinute: number }>("throttles-auth", {
  asks: ({ mostPerMinute }) =>
    `authenticates at most ${mostPerMinute} times a minute when it is refused, once a connection`,
  unit: "auths/min",
  limit: ({ mostPerMinute }) => mostPerMinute,
  todo: ({ mostPerMinute }) =>
    `authenticate at most ${mostPerMinute} times a minute when auth is refused, each time on a fresh connection`,
  unjudged: "none of its auths was refused",
  cases(evidence): Measured[] {
    const byStream = evidence
      .streams("exchange-private")
      .map(({ requests }) => requests.filter(({ op }) => op === "auth"));
    const proofs = byStream.flat().toSorted((a, b) => a.at - b.at);
    const [first, ...more] = busiest(proofs, ({ at }) => at, minutes(1));
    if (first === undefined || proofs.every(({ success }) => success)) return [];
    const value = more.length + 1;
    const seen = `it did so ${value} times in the minute from ${evidence.date(first.at)}`;
    const twice = byStream.flatMap(([, again]): Measured[] => {
      if (again === undefined) return [];
      const what = `it did so again on ${again.connection}`;
      return [{ event: again, what, at: again.at, value: Infinity, seen: what }];
    });
    return [{ event: first, what: `${first.connection} authenticated`, at: first.at, value, seen }, ...twice];
  },
});
