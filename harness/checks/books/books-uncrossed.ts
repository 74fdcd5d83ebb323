/**
 * No order book of the client's is ever crossed: a best bid at or above the best ask is no market, and whoever prices an
 * order off it loses. It needs telemetry, because what a client thinks its book is cannot be seen from outside.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { never } from "../../verdicts/never.ts";

export const booksUncrossed = never<object>("books-uncrossed", {
  asks: "never has a book whose best bid is at or above its best ask",
  needs: telemetry("book"),
  unit: "books",
  todo: "never have a crossed book",
  unjudged: "it never had a book with both sides",
  violations: (evidence) =>
    twoSided(evidence).flatMap(({ event, at, topic, bid, ask }) =>
      bid < ask ? [] : [{ event, at, what: `had ${topic} with ${bid} bid and ${ask} asked` }],
    ),
  looked(evidence) {
    const { length } = twoSided(evidence);
    return length === 0 ? undefined : `none of ${count(length, "book")} was`;
  },
});

const twoSided = (evidence: Evidence) =>
  evidence.reportedBooks().filter(({ synced, bid, ask }) => synced && !Number.isNaN(bid) && !Number.isNaN(ask));
