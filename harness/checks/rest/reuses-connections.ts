/**
 * Connections are kept and used again: so many requests for each one that was opened, counted over the whole run with
 * the pool's opening in it. Connections that were reset before a request came count too, for they were dialled.
 */

import { count } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { atLeast } from "../../verdicts/figure.ts";

/** With fewer requests than so many connections' worth, a small pool that is kept looks like none. */
const enoughConnections = 5;
/** One that was dialled because something had been late had waited for about so long. */
const excusedByMs = 1_000;

export const reusesConnections = atLeast<{ atLeast: number }>("reuses-connections", {
  asks: (options) => `makes at least ${options.atLeast} requests over each connection that it opens`,
  unit: "requests/connection",
  limit: (options) => options.atLeast,
  todo: (options) => `make at least ${options.atLeast} requests over each connection that it opens`,
  unjudged: "it opened no connection",
  cases(evidence, options) {
    const requests = evidence.requests().length;
    const opened = evidence.restOpened();
    const enough = options.atLeast * enoughConnections;
    const [event] = opened;
    if (event === undefined || requests < enough)
      return `it made ${count(requests, "request")}, and ${enough} are needed`;
    const value = requests / opened.length;
    const seen = `it made ${count(requests, "request")} over ${count(opened.length, "connection")}, ${Math.round(value * 10) / 10} each, the first at ${evidence.date(event.at)}`;
    const tooMany = opened.length - Math.floor(requests / options.atLeast);
    const excuse = { fromAt: 0, toAt: evidence.journal.endMs, latenessMs: tooMany * excusedByMs };
    const more = opened.slice(-3).map((one) => lineOf(one, `${one.connection} was opened`));
    return [{ event, what: `${event.connection} was opened`, at: event.at, value, seen, excuse, more }];
  },
});
