/** How many connections to REST the client had open at one moment, as the exchange counted them. */

import { count } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";

export const connectionsAtOnce = atMost<{ atMost: number }>("connections-at-once", {
  asks: (options) => `has at most ${options.atMost} connections open at once`,
  unit: "connections",
  limit: (options) => options.atMost,
  todo: (options) => `have at most ${options.atMost} connections open at once`,
  unjudged: "it opened none to REST",
  cases(evidence, options) {
    const { most, tooMany } = evidence.restAtOnce(options.atMost);
    const above = tooMany.map(({ opened, untilMs, most: value }) => ({
      ...{ event: opened, what: `${opened.connection} was one too many`, at: opened.at, value },
      seen: `it had ${value}, and more than ${options.atMost} from ${evidence.date(opened.at)} on`,
      excuse: { fromAt: opened.at, toAt: untilMs, latenessMs: untilMs - opened.at },
    }));
    const [first] = evidence.restOpened();
    if (above.length > 0 || first === undefined) return above;
    const seen = `it had at most ${count(most, "connection")}`;
    return [{ event: first, what: `${first.connection} was the first`, at: first.at, value: most, seen }];
  },
});
