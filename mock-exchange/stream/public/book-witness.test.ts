import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import type { JournalSink } from "../../../core/journal/event.ts";
import { Frame } from "../frame.ts";
import { BookWitness } from "./book-witness.ts";

const snapshot = (seq: number, b: string[][], a: string[][]): Frame =>
  new Frame(
    JSON.stringify({ topic: "orderbook.50.BTCUSDT", type: "snapshot", data: { s: "BTCUSDT", b, a, u: 1, seq } }),
  );

test("a state is recorded once, by its best levels in turn", () => {
  const written: unknown[] = [];
  const journal = { write: (type: string, data: object) => written.push({ type, ...data }) } as unknown as JournalSink;
  const witness = new BookWitness(journal);
  const [bids, asks] = [
    [
      ["100", "1"],
      ["99", "2"],
    ],
    [["101", "3"]],
  ];
  witness.write("orderbook.50.BTCUSDT", snapshot(7, bids, asks));
  witness.write("orderbook.50.BTCUSDT", snapshot(7, bids, asks));
  witness.write("tickers.BTCUSDT", snapshot(8, bids, asks));
  witness.write("orderbook.50.BTCUSDT", undefined);
  witness.write("orderbook.50.BTCUSDT", snapshot(9, [], asks));
  const topic = "orderbook.50.BTCUSDT";
  expect(written).toEqual([
    { type: "exchange.book", topic, seq: 7, checksum: crc32("100:1:101:3:99:2"), bid: "100", ask: "101" },
    { type: "exchange.book", topic, seq: 9, checksum: crc32("101:3"), bid: "", ask: "101" },
  ]);
});
