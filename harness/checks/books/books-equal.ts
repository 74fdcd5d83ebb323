/**
 * The client's order books are the exchange's: always before a fault, and from some time after it. A book that is wrong
 * and believed to be right is worse than none. It needs telemetry, because what a client thinks its book is cannot be
 * seen from outside; one that says so seldom is judged by the first thing that it says.
 */

import { formatDuration } from "../../../core/units.ts";
import { lineOf, type EndpointOption } from "../../incident/check.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export const booksEqual = within<{ within: number } & EndpointOption>("books-equal", {
  asks: ({ within }) => `has the exchange's order books again within ${formatDuration(within)} of a fault`,
  needs: telemetry("book"),
  todo: "have the exchange's book",
  unjudged: "no fault touched one of its books",
  occasions(evidence, { within, endpoint = "exchange-public" }): Occasion[] {
    const hits = evidence.frameHits(endpoint);
    const books = evidence.reportedBooks();
    const before = books.filter(
      ({ topic, at, equal }) => equal === false && !hits.some((hit) => hit.topic === topic && hit.at <= at),
    );
    const untouched = before.map(({ event, topic, at }) => {
      const seen = "it was another one before any fault had touched it";
      return { event, what: `it reported its book of ${topic}`, at, until: undefined, by: Infinity, seen };
    });
    const touched = hits.map(({ event, topic, action, at }): Occasion => {
      const by = hits.find((hit) => hit.topic === topic && hit.at > at)?.at ?? evidence.endMs();
      const after = books.filter((book) => book.topic === topic && book.at > at && book.at <= by);
      const lastWrong = after.findLast(({ equal }) => equal === false);
      const right = after.find((book) => book.equal === true && book.at > (lastWrong?.at ?? 0));
      const most = Math.max(within, (after[0]?.at ?? at) - at);
      const occasion = { event, what: `${topic} met ${action}`, at, until: right?.at, by, most };
      if (lastWrong === undefined) return occasion;
      const seen = `it had a wrong one until ${evidence.date(lastWrong.at)}, ${formatDuration(lastWrong.at - at)} later`;
      return { ...occasion, seen, more: [lineOf(lastWrong.event, "a book that is not the exchange's")] };
    });
    return [...untouched, ...touched];
  },
});
