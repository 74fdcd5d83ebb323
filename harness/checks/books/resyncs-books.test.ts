import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { book, topicHit } from "../../../test/support/book-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, requested, streaming } from "../../../test/support/stream-journal.ts";
import { resyncsBooks } from "./resyncs-books.ts";

const judge = (...lines: Lines[]) => resyncsBooks({ within: seconds(5) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const renewed = (time: string, topics = [book]) => [
  requested(time, "public-1", topics, { op: "unsubscribe" }),
  requested(time, "public-1", topics),
];
const end = stopped("22:10", "end-of-run");

test("one request for the topic that has a gap, and none after a duplicate, pass", () => {
  const gap = [topicHit("22:01", "gap"), renewed("22:01:01")];
  expect(judge(up, gap, topicHit("22:02", "duplicate"), end)).toMatchObject({
    verdict: "pass",
    message:
      "reference asks for a book that lost a frame again within 5 s, and for nothing else: it did the right thing after gap, duplicate.",
  });
});

test("a gap that nobody minds fails", () => {
  const seen = judge(up, topicHit("22:01", "gap"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 1 });
  expect(seen.message).toContain(
    "Expected reference to ask again for a book that lost a frame, for no other topic, and for none that lost nothing; it did not ask again in 5 s after orderbook.50.BTCUSDT met gap at 22 Oct 02:01:00 UTC+4.",
  );
});

test("asking twice, or for everything, fails", () => {
  expect(judge(up, topicHit("22:01", "gap"), renewed("22:01:01"), renewed("22:01:02"), end).message).toContain(
    "Expected reference to ask again for a book that lost a frame, for no other topic, and for none that lost nothing; it asked again 2 times after orderbook.50.BTCUSDT met gap at 22 Oct 02:01:00 UTC+4.",
  );
  const all = judge(up, topicHit("22:01", "gap"), renewed("22:01:01", btc), end);
  expect(all.message).toContain("it also asked for 1 other topic, tickers.BTCUSDT for one");
});

test("asked of one kind of fault, others do not matter", () => {
  const judgeLost = (...lines: Lines[]) =>
    resyncsBooks({ within: seconds(5), after: "lose-snapshot" }).judge(journalOf(...lines), setting);
  const gap = topicHit("22:01", "gap");
  expect(judgeLost(up, gap, end).verdict).toBe("unknown");
  const lost = topicHit("22:02", "lose-snapshot");
  expect(judgeLost(up, gap, lost, end).verdict).toBe("fail");
  expect(judgeLost(up, gap, lost, renewed("22:02:03"), end).verdict).toBe("pass");
});

test("asking after what is no loss fails", () => {
  expect(judge(up, topicHit("22:01", "duplicate"), renewed("22:01:01"), end).message).toContain(
    "Expected reference to ask again for a book that lost a frame, for no other topic, and for none that lost nothing; it asked again 1 time after orderbook.50.BTCUSDT met duplicate at 22 Oct 02:01:00 UTC+4.",
  );
});

test("a disorder may be sorted out or asked for", () => {
  expect(judge(up, topicHit("22:01", "swap"), end).verdict).toBe("pass");
  expect(judge(up, topicHit("22:01", "swap"), renewed("22:01:01"), end).verdict).toBe("pass");
});

test("topics that were gone anyway are not disturbed", () => {
  const back = [
    connected("22:01:01", "public-2"),
    requested("22:01:01", "public-2", [book]),
    topicHit("22:01:01.5", "delta-first", { connection: "public-2" }),
    requested("22:01:02", "public-2", btc.slice(1)),
  ];
  expect(judge(up, ended("22:01", "public-1"), back, end).verdict).toBe("pass");
});

describe("nothing to judge", () => {
  test("no fault of a book", () => expect(judge(up, topicHit("22:01", "silence"), end).verdict).toBe("unknown"));
  test("stopped right after", () => expect(judge(up, topicHit("22:09:58", "gap"), end).verdict).toBe("unknown"));
});
