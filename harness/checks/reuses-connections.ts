/**
 * Connections are kept and used again: so many requests for each one that was opened, counted over the whole run with
 * the pool's opening in it. Connections that were reset before a request came count too, for they were dialled.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { requestsOf } from "./lib/requests.ts";
import { restOpened } from "./lib/rest-connections.ts";

/** With fewer requests than so many connections' worth, a small pool that is kept looks like none. */
const enoughConnections = 5;
/** One that was dialled because something had been late had waited for about so long. */
const excusedByMs = 1_000;

export function reusesConnections(options: { atLeast: number }): Check {
  return {
    name: "reuses-connections",
    asks: `makes at least ${options.atLeast} requests over each connection that it opens`,
    judge(journal, setting) {
      const shape = { target: options.atLeast, unit: "requests/connection" };
      const requests = requestsOf(journal).length;
      const opened = restOpened(journal);
      const [first] = opened;
      if (first === undefined || requests < options.atLeast * enoughConnections) {
        const message = `Whether ${setting.client} reuses its connections could not be judged: it made ${count(requests, "request")}, and ${options.atLeast * enoughConnections} are needed.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const measured = Math.round((requests / opened.length) * 10) / 10;
      const seen = `${count(requests, "request")} over ${count(opened.length, "connection")}, ${measured} each`;
      const proof = opened.slice(-3).map((event) => evidence(event, `${event.connection} was opened`));
      if (requests >= options.atLeast * opened.length) {
        return { ...shape, verdict: "pass", measured, message: `${setting.client} made ${seen}.`, evidence: proof };
      }
      const tooMany = opened.length - Math.floor(requests / options.atLeast);
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to make at least ${options.atLeast} requests over each connection; it made ${seen}, the first at ${setting.date(first.at)}. See journal line ${first.seq}.`,
        evidence: proof,
        excuse: { fromAt: 0, toAt: journal.endMs, latenessMs: tooMany * excusedByMs },
      };
    },
  };
}
