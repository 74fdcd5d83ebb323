/** Hand-written order books for tests of checks: what the exchange knows, what a client reports, what a fault did. */

import { line, type Line } from "./journal.ts";

const endpoint = "exchange-public";
export const book = "orderbook.50.BTCUSDT";

/** A state of a book as the exchange knows it. */
export const state = (time: string, seq: number, checksum = seq * 7, topic = book): Line =>
  line(time, "exchange.book", { topic, seq, checksum, bid: "100", ask: "101" });

/** What the client reports of its book; with the exchange's checksum unless the test says otherwise. */
export const reported = (time: string, seq: number, more: Record<string, unknown> = {}): Line =>
  line(time, "client.telemetry", {
    event: "book",
    data: { topic: book, seq, synced: true, checksum: seq * 7, bid: "100", ask: "101", ...more },
  });

/** A fault of a topic, armed and hit. */
export const topicHit = (time: string, did: string, { topic = book, connection = "public-1" } = {}): Line[] => [
  line(time, "exchange.stream-fault", {
    ...{ endpoint, rule: `${did}-${time}`, match: { on: "topic", topic } },
    action: { do: did },
  }),
  line(time, "rule.hit", { rule: `${did}-${time}`, endpoint, connection, subject: topic, topics: [topic], nth: 1 }),
];
