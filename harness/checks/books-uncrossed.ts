/**
 * No order book of the client's is ever crossed: a best bid at or above the best ask is no market, and whoever prices an
 * order off it loses. It needs telemetry, because what a client thinks its book is cannot be seen from outside.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { toldBooks } from "./lib/told-books.ts";

export function booksUncrossed(): Check {
  return {
    name: "books-uncrossed",
    asks: "never has a book whose best bid is at or above its best ask",
    judge(journal, setting) {
      const shape = { target: 0, unit: "books" };
      const told = toldBooks(journal);
      if (told.length === 0) {
        const message = `What ${setting.client} takes its order books for cannot be seen: it tells nothing of them (telemetry "book").`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const read = told.filter(({ synced, bid, ask }) => synced && !Number.isNaN(bid) && !Number.isNaN(ask));
      if (read.length === 0) {
        const message = `Whether a book of ${setting.client} was crossed could not be judged: it never had one with both sides.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const crossed = read.filter(({ bid, ask }) => bid >= ask);
      const [first] = crossed;
      if (first === undefined) {
        const message = `None of the ${count(read.length, "book")} that ${setting.client} told of was crossed.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: crossed.length,
        message: `Expected ${setting.client} never to have a crossed book; at ${setting.date(first.at)} it had ${first.topic} with ${first.bid} bid and ${first.ask} asked. See journal line ${first.event.seq}.`,
        evidence: [evidence(first.event, `${first.topic} was crossed`)],
      };
    },
  };
}
