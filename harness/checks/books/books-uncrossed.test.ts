import { expect, test } from "vitest";
import { reported } from "../../../test/support/book-journal.ts";
import { clientStarted, journalOf, setting, type Lines } from "../../../test/support/journal.ts";
import { booksUncrossed } from "./books-uncrossed.ts";

const judge = (...lines: Lines[]) => booksUncrossed().judge(journalOf(...lines), setting);

test("a book with a spread passes", () => {
  expect(judge(reported("22:01", 1))).toMatchObject({ verdict: "pass", measured: 0 });
});

test("a crossed book fails, and so does a locked one", () => {
  const seen = judge(
    reported("22:01", 1),
    reported("22:02", 2, { bid: "101.5" }),
    reported("22:03", 3, { bid: "101" }),
  );
  expect(seen).toMatchObject({ verdict: "fail", measured: 2 });
  expect(seen.message).toContain(
    "Expected reference to never have a crossed book; it had orderbook.50.BTCUSDT with 101.5 bid and 101 asked at 22 Oct 02:02:00 UTC+4, one of 2 books.",
  );
});

test("without telemetry, or without a book of two sides, there is nothing to judge", () => {
  expect(judge(clientStarted("22:00")).verdict).toBe("not-applicable");
  expect(judge(reported("22:01", 1, { synced: false }), reported("22:01", 1, { bid: undefined })).verdict).toBe(
    "unknown",
  );
});
