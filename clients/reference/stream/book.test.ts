import { describe, expect, test } from "vitest";
import { Book, type BookData, type Level } from "./book.ts";

const data = (u: number, b: Level[] = [], a: Level[] = []): BookData => ({ u, seq: u, b, a });
const full = data(
  10,
  [
    ["99", "1"],
    ["98", "2"],
  ],
  [
    ["101", "3"],
    ["102", "4"],
  ],
);

function synced(): Book {
  const book = new Book("orderbook.50.BTCUSDT");
  book.snapshot(full);
  return book;
}

test("a snapshot can be read, best first, whatever the order it came in", () => {
  const book = new Book("orderbook.50.BTCUSDT");
  expect(book.top(5)).toBeUndefined();
  expect(
    book.snapshot(
      data(
        10,
        [
          ["98", "2"],
          ["99", "1"],
        ],
        [
          ["102", "4"],
          ["101", "3"],
        ],
      ),
    ),
  ).toBe("snapshot");
  expect(book.top(1)).toEqual({ bids: [["99", "1"]], asks: [["101", "3"]] });
});

test("the next delta changes, adds and removes levels", () => {
  const book = synced();
  expect(
    book.delta(
      data(
        11,
        [
          ["99", "0"],
          ["97", "5"],
        ],
        [["101", "7"]],
      ),
    ),
  ).toBe("applied");
  expect(book.top(5)).toEqual({
    bids: [
      ["98", "2"],
      ["97", "5"],
    ],
    asks: [
      ["101", "7"],
      ["102", "4"],
    ],
  });
  expect(book.u).toBe(11);
});

test("deleting a level that was never there changes nothing", () => {
  const book = synced();
  expect(book.delta(data(11, [["50", "0"]]))).toBe("applied");
  expect(book.top(5)?.bids).toHaveLength(2);
});

test("a delta that comes again is dropped and the book stays", () => {
  const book = synced();
  book.delta(data(11, [["99", "5"]]));
  expect(book.delta(data(11, [["99", "5"]]))).toBe("repeated");
  expect(book.delta(data(10, [["99", "1"]]))).toBe("repeated");
  expect(book.top(1)?.bids).toEqual([["99", "5"]]);
});

describe("while it is not to be trusted it cannot be read", () => {
  test("from a gap to the next snapshot", () => {
    const book = synced();
    expect(book.delta(data(12))).toBe("gap");
    expect(book.top(1)).toBeUndefined();
    expect(book.delta(data(13))).toBe("early");
    book.snapshot(data(20, [["90", "1"]], [["91", "1"]]));
    expect(book.top(5)).toEqual({ bids: [["90", "1"]], asks: [["91", "1"]] });
  });
  test("before the first snapshot", () => {
    const book = new Book("orderbook.50.BTCUSDT");
    expect(book.delta(data(10, [["99", "1"]]))).toBe("early");
    expect(book.synced).toBe(false);
  });
});

test("a snapshot with u 1 is a restarted service: it replaces, and counting goes on from there", () => {
  const book = synced();
  book.snapshot(data(1, [["80", "1"]], [["81", "1"]]));
  expect(book.delta(data(2, [["80", "2"]]))).toBe("applied");
  expect(book.top(5)?.bids).toEqual([["80", "2"]]);
});
